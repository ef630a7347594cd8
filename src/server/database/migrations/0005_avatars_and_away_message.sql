CREATE TABLE "avatars" (
	"token" text PRIMARY KEY NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "inboxes" ADD COLUMN "avatar_url" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "inboxes" ADD COLUMN "agent_away_message" text DEFAULT '' NOT NULL;