CREATE TABLE "audit" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"tenant" text NOT NULL,
	"app" text NOT NULL,
	"actor" text NOT NULL,
	"act" text NOT NULL,
	"subject" text NOT NULL,
	"reference" text,
	"facts" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "batch" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"app" text NOT NULL,
	"person" text NOT NULL,
	"reference" text NOT NULL,
	"folder" text,
	"context" jsonb,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "consent" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"app" text NOT NULL,
	"link" text NOT NULL,
	"event" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"record" jsonb NOT NULL,
	"receipt" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "folder" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"app" text NOT NULL,
	"person" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idempotency" (
	"holder" text NOT NULL,
	"route" text NOT NULL,
	"key" text NOT NULL,
	"body_hash" text NOT NULL,
	"answer" jsonb,
	"started_at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_holder_route_key_pk" PRIMARY KEY("holder","route","key")
);
--> statement-breakpoint
CREATE TABLE "link" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"app" text NOT NULL,
	"person" text NOT NULL,
	"token_hash" "bytea",
	"recipient" text NOT NULL,
	"purpose" text NOT NULL,
	"language" text NOT NULL,
	"reference" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"taken_back_at" timestamp with time zone,
	"decision" text,
	"decided_at" timestamp with time zone,
	"withdrawn_at" timestamp with time zone,
	"claimed_by" text,
	"claimed_at" timestamp with time zone,
	"window_ends_at" timestamp with time zone,
	"wrong_codes" integer DEFAULT 0 NOT NULL,
	"locked_until" timestamp with time zone,
	CONSTRAINT "link_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "link_code" (
	"id" text PRIMARY KEY NOT NULL,
	"link" text NOT NULL,
	"code_hash" "bytea",
	"sent_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "link_file" (
	"link" text NOT NULL,
	"upload" text NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "link_file_link_upload_pk" PRIMARY KEY("link","upload")
);
--> statement-breakpoint
CREATE TABLE "oidc_record" (
	"model" text NOT NULL,
	"id" text NOT NULL,
	"payload" jsonb NOT NULL,
	"grant_id" text,
	"uid" text,
	"expires_at" timestamp with time zone,
	"consumed_at" timestamp with time zone,
	CONSTRAINT "oidc_record_model_id_pk" PRIMARY KEY("model","id")
);
--> statement-breakpoint
CREATE TABLE "person" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"app" text NOT NULL,
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"scopes" jsonb NOT NULL,
	"seen_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNLOGGED TABLE "proof_seen" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "quota" (
	"holder" text PRIMARY KEY NOT NULL,
	"used" bigint DEFAULT 0 NOT NULL,
	"reserved" bigint DEFAULT 0 NOT NULL,
	"cap" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recipient_session" (
	"token_hash" "bytea" PRIMARY KEY NOT NULL,
	"link" text NOT NULL,
	"jkt" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"notice_canonical" text NOT NULL,
	"notice_sha256" text NOT NULL,
	"notice_nonce" text NOT NULL,
	"notice_used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "sign_in" (
	"state" text PRIMARY KEY NOT NULL,
	"app" text NOT NULL,
	"origin" text NOT NULL,
	"jkt" text NOT NULL,
	"cookie_hash" "bytea" NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"outcome" jsonb,
	"collected_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "signing_key" (
	"id" text PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"jwk" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "upload" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"app" text NOT NULL,
	"person" text NOT NULL,
	"batch" text NOT NULL,
	"object_key" text NOT NULL,
	"name" text NOT NULL,
	"size" bigint NOT NULL,
	"type" text NOT NULL,
	"sha256" text NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"granted_until" timestamp with time zone NOT NULL,
	"stored_at" timestamp with time zone,
	"delete_at" timestamp with time zone,
	"is_charged" boolean DEFAULT true NOT NULL,
	CONSTRAINT "upload_object_key_unique" UNIQUE("object_key")
);
--> statement-breakpoint
CREATE INDEX "audit_app" ON "audit" USING btree ("tenant","app","seq");--> statement-breakpoint
CREATE INDEX "link_sender" ON "link" USING btree ("tenant","app","person");--> statement-breakpoint
CREATE INDEX "link_code_link" ON "link_code" USING btree ("link","sent_at");--> statement-breakpoint
CREATE INDEX "oidc_record_grant" ON "oidc_record" USING btree ("grant_id");--> statement-breakpoint
CREATE INDEX "oidc_record_uid" ON "oidc_record" USING btree ("uid");--> statement-breakpoint
CREATE UNIQUE INDEX "person_identity" ON "person" USING btree ("app","issuer","subject");--> statement-breakpoint
CREATE INDEX "upload_owner" ON "upload" USING btree ("tenant","app","person","state");--> statement-breakpoint
CREATE INDEX "upload_state" ON "upload" USING btree ("state","expires_at");