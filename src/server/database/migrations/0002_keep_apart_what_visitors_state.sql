ALTER TABLE "used_identity_tokens" DROP CONSTRAINT "used_identity_tokens_contact_inbox_id_contact_inboxes_id_fk";
--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "stated" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "used_identity_tokens" ADD CONSTRAINT "used_identity_tokens_contact_inbox_id_contact_inboxes_id_fk" FOREIGN KEY ("contact_inbox_id") REFERENCES "public"."contact_inboxes"("id") ON DELETE set null ON UPDATE no action;