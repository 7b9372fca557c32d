CREATE TABLE "link_claim" (
	"link" text NOT NULL,
	"jkt" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"window_ends_at" timestamp with time zone NOT NULL,
	"extended_at" timestamp with time zone,
	CONSTRAINT "link_claim_link_jkt_pk" PRIMARY KEY("link","jkt")
);
--> statement-breakpoint
CREATE TABLE "link_told" (
	"id" text PRIMARY KEY NOT NULL,
	"link" text NOT NULL,
	"what" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mail_sent" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"app" text NOT NULL,
	"address_hash" "bytea" NOT NULL,
	"person" text,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mail_stop" (
	"tenant" text NOT NULL,
	"app" text NOT NULL,
	"address_hash" "bytea" NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "mail_stop_tenant_app_address_hash_pk" PRIMARY KEY("tenant","app","address_hash")
);
--> statement-breakpoint
DROP INDEX "link_sender";--> statement-breakpoint
ALTER TABLE "link" ADD COLUMN "claims" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "link" ADD COLUMN "claims_used" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "link" ADD COLUMN "external" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "link" ADD COLUMN "outside" jsonb;--> statement-breakpoint
ALTER TABLE "link" ADD COLUMN "mailed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "link" ADD COLUMN "stop_hash" "bytea";--> statement-breakpoint
ALTER TABLE "link" ADD COLUMN "kept_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "link" ADD COLUMN "renewed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "link" ADD COLUMN "renewed_as" text;--> statement-breakpoint
ALTER TABLE "link" ADD COLUMN "renews" text;--> statement-breakpoint
CREATE INDEX "link_told_link" ON "link_told" USING btree ("link","at");--> statement-breakpoint
CREATE INDEX "mail_sent_address" ON "mail_sent" USING btree ("tenant","address_hash","at");--> statement-breakpoint
CREATE INDEX "mail_sent_person" ON "mail_sent" USING btree ("person","at");--> statement-breakpoint
CREATE INDEX "link_app" ON "link" USING btree ("tenant","app","created_at");--> statement-breakpoint
CREATE INDEX "link_sender" ON "link" USING btree ("tenant","app","person","created_at");--> statement-breakpoint
ALTER TABLE "link" ADD CONSTRAINT "link_stop_hash_unique" UNIQUE("stop_hash");--> statement-breakpoint
INSERT INTO "link_claim" ("link", "jkt", "at", "window_ends_at") SELECT "id", "claimed_by", "claimed_at", "window_ends_at" FROM "link" WHERE "claimed_by" IS NOT NULL;--> statement-breakpoint
UPDATE "link" SET "claims_used" = 1 WHERE "claimed_by" IS NOT NULL;
