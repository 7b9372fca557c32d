-- The planner keeps samples of every column (pg_statistic), and those of a table that has become empty for ever. None of what names a person.
ALTER TABLE "link" ALTER COLUMN "recipient" SET STATISTICS 0, ALTER COLUMN "purpose" SET STATISTICS 0, ALTER COLUMN "outside" SET STATISTICS 0;--> statement-breakpoint
ALTER TABLE "consent" ALTER COLUMN "record" SET STATISTICS 0, ALTER COLUMN "receipt" SET STATISTICS 0;--> statement-breakpoint
ALTER TABLE "recipient_session" ALTER COLUMN "notice_canonical" SET STATISTICS 0;--> statement-breakpoint
ALTER TABLE "link_access" ALTER COLUMN "network" SET STATISTICS 0;--> statement-breakpoint
ALTER TABLE "upload" ALTER COLUMN "name" SET STATISTICS 0, ALTER COLUMN "path" SET STATISTICS 0;--> statement-breakpoint
ALTER TABLE "person" ALTER COLUMN "name" SET STATISTICS 0, ALTER COLUMN "email" SET STATISTICS 0, ALTER COLUMN "subject" SET STATISTICS 0;--> statement-breakpoint
ALTER TABLE "guest_code" ALTER COLUMN "address" SET STATISTICS 0;--> statement-breakpoint
ALTER TABLE "guest_lock" ALTER COLUMN "address" SET STATISTICS 0;
