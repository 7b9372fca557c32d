CREATE TABLE "ledger_entry" (
	"id" text PRIMARY KEY NOT NULL,
	"seq" bigserial NOT NULL,
	"leaf_hash" "bytea" NOT NULL,
	"key" "bytea",
	"leaf" bigint
);
--> statement-breakpoint
CREATE TABLE "ledger_checkpoint" (
	"size" bigint PRIMARY KEY NOT NULL,
	"root" "bytea" NOT NULL,
	"note" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ledger_node" (
	"level" smallint NOT NULL,
	"index" bigint NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "ledger_node_level_index_pk" PRIMARY KEY("level","index")
);
--> statement-breakpoint
ALTER TABLE "audit" ADD COLUMN "entry" text;--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_entry_leaf" ON "ledger_entry" USING btree ("leaf");--> statement-breakpoint
CREATE INDEX "ledger_entry_waiting" ON "ledger_entry" USING btree ("seq") WHERE "ledger_entry"."leaf" is null;--> statement-breakpoint
CREATE INDEX "audit_entry" ON "audit" USING btree ("entry");