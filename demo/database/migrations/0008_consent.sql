ALTER TABLE "recipient_session" ADD COLUMN "language" text DEFAULT 'en' NOT NULL;--> statement-breakpoint
ALTER TABLE "recipient_session" ADD COLUMN "verification" text DEFAULT 'email_code' NOT NULL;--> statement-breakpoint
ALTER TABLE "recipient_session" ADD COLUMN "verified_by" text;