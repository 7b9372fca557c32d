CREATE TABLE "ending" (
	"holder" text PRIMARY KEY NOT NULL,
	"before" timestamp with time zone NOT NULL,
	"forget_at" timestamp with time zone,
	"life_cap" integer
);
