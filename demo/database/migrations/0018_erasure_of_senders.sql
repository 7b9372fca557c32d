CREATE TABLE "erasure" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"app" text NOT NULL,
	"person" text NOT NULL,
	"ordered_at" timestamp with time zone NOT NULL,
	"done_at" timestamp with time zone,
	CONSTRAINT "erasure_person_unique" UNIQUE("person")
);
--> statement-breakpoint
-- As in 0014: no samples of what names a person.
ALTER TABLE "folder" ALTER COLUMN "name" SET STATISTICS 0;--> statement-breakpoint
ALTER TABLE "batch" ALTER COLUMN "context" SET STATISTICS 0;--> statement-breakpoint
ALTER TABLE "upload" ALTER COLUMN "sha256" SET STATISTICS 0;--> statement-breakpoint
ALTER TABLE "idempotency" ALTER COLUMN "answer" SET STATISTICS 0;
