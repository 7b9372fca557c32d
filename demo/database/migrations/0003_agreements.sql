CREATE TABLE "agreed" (
	"tenant" text NOT NULL,
	"app" text NOT NULL,
	"person" text NOT NULL,
	"purpose" text NOT NULL,
	"version" integer NOT NULL,
	"is_agreed" boolean NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"agreement" text NOT NULL,
	"notice_sha256" text NOT NULL,
	CONSTRAINT "agreed_tenant_app_person_purpose_pk" PRIMARY KEY("tenant","app","person","purpose")
);
