CREATE TABLE "code_guess" (
	"minute" timestamp with time zone PRIMARY KEY NOT NULL,
	"wrong" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "recipient_session" ADD COLUMN "opened_at" timestamp with time zone DEFAULT now() NOT NULL;