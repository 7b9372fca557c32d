-- Told twice by sweeps that ran at once: the first stays.
DELETE FROM "link_told" AS later USING "link_told" AS first WHERE later.what = 'expiring' AND first.what = 'expiring' AND later.link = first.link AND (later.at, later.id) > (first.at, first.id);--> statement-breakpoint
CREATE INDEX "audit_actor" ON "audit" USING btree ("actor");--> statement-breakpoint
CREATE INDEX "audit_subject" ON "audit" USING btree ("subject");--> statement-breakpoint
CREATE INDEX "upload_delete" ON "upload" USING btree ("delete_at") WHERE "upload"."state" = 'stored';--> statement-breakpoint
CREATE INDEX "consent_link" ON "consent" USING btree ("link","at");--> statement-breakpoint
CREATE INDEX "link_unanswered" ON "link" USING btree ("expires_at") WHERE "link"."decided_at" is null;--> statement-breakpoint
CREATE INDEX "link_file_upload" ON "link_file" USING btree ("upload");--> statement-breakpoint
CREATE UNIQUE INDEX "link_told_expiring" ON "link_told" USING btree ("link") WHERE "link_told"."what" = 'expiring';--> statement-breakpoint
CREATE INDEX "recipient_session_link" ON "recipient_session" USING btree ("link","jkt");