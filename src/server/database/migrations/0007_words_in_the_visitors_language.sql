ALTER TABLE "inboxes" ALTER COLUMN "welcome_title" SET DEFAULT '';--> statement-breakpoint
ALTER TABLE "inboxes" ALTER COLUMN "welcome_tagline" SET DEFAULT '';--> statement-breakpoint
UPDATE "inboxes" SET "welcome_title" = '' WHERE "welcome_title" = 'Support team';--> statement-breakpoint
UPDATE "inboxes" SET "welcome_tagline" = '' WHERE "welcome_tagline" = 'Ask us anything…';
