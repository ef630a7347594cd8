-- A domain without a constraint changes no row, and no index that has no condition; the words come after.
CREATE DOMAIN "actor_type" AS text;--> statement-breakpoint
CREATE DOMAIN "conversation_status" AS text;--> statement-breakpoint
CREATE DOMAIN "conversation_priority" AS text;--> statement-breakpoint
CREATE DOMAIN "message_type" AS text;--> statement-breakpoint
CREATE DOMAIN "message_status" AS text;--> statement-breakpoint
CREATE DOMAIN "content_type" AS text;--> statement-breakpoint
ALTER TABLE "conversations"
  DROP CONSTRAINT "conversations_status",
  DROP CONSTRAINT "conversations_priority",
  DROP CONSTRAINT "conversations_started_by",
  DROP CONSTRAINT "conversations_resolved_by",
  ALTER COLUMN "status" SET DATA TYPE "conversation_status",
  ALTER COLUMN "priority" SET DATA TYPE "conversation_priority",
  ALTER COLUMN "started_by" SET DATA TYPE "actor_type",
  ALTER COLUMN "resolved_by" SET DATA TYPE "actor_type";--> statement-breakpoint
ALTER TABLE "events"
  DROP CONSTRAINT "events_actor_type",
  ALTER COLUMN "actor_type" SET DATA TYPE "actor_type";--> statement-breakpoint
DROP INDEX "messages_changed_seq";--> statement-breakpoint
ALTER TABLE "messages"
  DROP CONSTRAINT "messages_message_type",
  DROP CONSTRAINT "messages_content_type",
  DROP CONSTRAINT "messages_status",
  DROP CONSTRAINT "messages_sender_type",
  ALTER COLUMN "message_type" SET DATA TYPE "message_type",
  ALTER COLUMN "content_type" SET DATA TYPE "content_type",
  ALTER COLUMN "status" SET DATA TYPE "message_status",
  ALTER COLUMN "sender_type" SET DATA TYPE "actor_type";--> statement-breakpoint
ALTER DOMAIN "actor_type" ADD CONSTRAINT "actor_type_words" CHECK (VALUE = ANY ('{contact, user, system}'::text[]));--> statement-breakpoint
ALTER DOMAIN "conversation_status" ADD CONSTRAINT "conversation_status_words" CHECK (VALUE = ANY ('{open, pending, snoozed, resolved}'::text[]));--> statement-breakpoint
ALTER DOMAIN "conversation_priority" ADD CONSTRAINT "conversation_priority_words" CHECK (VALUE = ANY ('{urgent, high, medium, low}'::text[]));--> statement-breakpoint
ALTER DOMAIN "message_type" ADD CONSTRAINT "message_type_words" CHECK (VALUE = ANY ('{incoming, outgoing, activity, template}'::text[]));--> statement-breakpoint
ALTER DOMAIN "message_status" ADD CONSTRAINT "message_status_words" CHECK (VALUE = ANY ('{sent, delivered, read, failed}'::text[]));--> statement-breakpoint
ALTER DOMAIN "content_type" ADD CONSTRAINT "content_type_words" CHECK (VALUE = ANY ('{text, input_text, input_textarea, input_email, input_select, cards, form, article, input_csat}'::text[]));--> statement-breakpoint
CREATE INDEX "messages_changed_seq" ON "messages" USING btree ("conversation_id","changed_seq") WHERE changed_seq <> seq;--> statement-breakpoint
-- What was known of a column goes with its type.
ANALYZE "conversations", "messages", "events";
