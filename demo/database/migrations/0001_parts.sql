ALTER TABLE "upload" ALTER COLUMN "sha256" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "upload" ADD COLUMN "part_bytes" bigint;--> statement-breakpoint
ALTER TABLE "upload" ADD COLUMN "multipart_id" text;--> statement-breakpoint
ALTER TABLE "upload" ADD COLUMN "lease_until" timestamp with time zone;