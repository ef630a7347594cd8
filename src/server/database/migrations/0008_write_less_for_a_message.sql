DROP INDEX "events_conversation";--> statement-breakpoint
ALTER TABLE "rate_limits" SET UNLOGGED;--> statement-breakpoint
ALTER TABLE "socket_io_attachments" SET UNLOGGED;
