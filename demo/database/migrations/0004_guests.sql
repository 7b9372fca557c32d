CREATE TABLE "guest_code" (
	"id" text PRIMARY KEY NOT NULL,
	"app" text NOT NULL,
	"address" text NOT NULL,
	"uid" text NOT NULL,
	"cookie_hash" "bytea" NOT NULL,
	"lang" text NOT NULL,
	"code_hash" "bytea",
	"sent_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "guest_lock" (
	"app" text NOT NULL,
	"address" text NOT NULL,
	"wrong_codes" integer DEFAULT 0 NOT NULL,
	"locked_until" timestamp with time zone,
	"tried_at" timestamp with time zone NOT NULL,
	CONSTRAINT "guest_lock_app_address_pk" PRIMARY KEY("app","address")
);
--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "guest" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "guest_code_address" ON "guest_code" USING btree ("address","sent_at");--> statement-breakpoint
CREATE INDEX "guest_code_app" ON "guest_code" USING btree ("app","sent_at");