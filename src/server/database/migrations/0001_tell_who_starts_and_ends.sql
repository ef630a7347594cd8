ALTER TABLE "conversations" ADD COLUMN "started_by" text DEFAULT 'contact' NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "resolved_by" text;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "resolved_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "assignee_waited_ms" bigint;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_started_by" CHECK ("conversations"."started_by" in ('contact', 'user', 'system'));--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_resolved_by" CHECK ("conversations"."resolved_by" in ('contact', 'user', 'system'));