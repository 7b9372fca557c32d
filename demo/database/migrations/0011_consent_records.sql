CREATE TABLE "link_access" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"link" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"act" text NOT NULL,
	"network" text
);
--> statement-breakpoint
CREATE TABLE "receipt_address" (
	"token_hash" "bytea" PRIMARY KEY NOT NULL,
	"seq" bigserial NOT NULL,
	"link" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "consent" ADD COLUMN "entry" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "consent" ADD COLUMN "mailed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "link" ADD COLUMN "erased_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "link_access_link" ON "link_access" USING btree ("link","at");--> statement-breakpoint
CREATE INDEX "receipt_address_link" ON "receipt_address" USING btree ("link","seq");