ALTER TABLE "sign_in" ALTER COLUMN "cookie_hash" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "sign_in" ADD COLUMN "return_to" text;--> statement-breakpoint
ALTER TABLE "sign_in" ADD COLUMN "user_code_hash" "bytea";--> statement-breakpoint
ALTER TABLE "sign_in" ADD COLUMN "asked" jsonb;--> statement-breakpoint
ALTER TABLE "sign_in" ADD CONSTRAINT "sign_in_user_code_hash_unique" UNIQUE("user_code_hash");