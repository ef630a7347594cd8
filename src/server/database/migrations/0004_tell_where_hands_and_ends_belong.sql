ALTER TABLE "conversations" ADD COLUMN "resolved_seq" bigint;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "assigned_seq" bigint;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "assigned_at" timestamp (3) with time zone;