CREATE TABLE "account_users" (
	"account_id" bigint NOT NULL,
	"user_id" bigint NOT NULL,
	"role" text NOT NULL,
	"availability" text DEFAULT 'offline' NOT NULL,
	"auto_offline" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "account_users_account_id_user_id_pk" PRIMARY KEY("account_id","user_id"),
	CONSTRAINT "account_users_role" CHECK ("account_users"."role" in ('administrator', 'agent')),
	CONSTRAINT "account_users_availability" CHECK ("account_users"."availability" in ('available', 'busy', 'offline'))
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "accounts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"last_display_id" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contact_inboxes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "contact_inboxes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"contact_id" bigint NOT NULL,
	"inbox_id" bigint NOT NULL,
	"source_id" text NOT NULL,
	"pubsub_token" text NOT NULL,
	"hmac_verified" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contacts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "contacts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" bigint NOT NULL,
	"name" text,
	"email" text,
	"phone_number" text,
	"avatar_url" text,
	"identifier" text,
	"identifier_verified" boolean DEFAULT false NOT NULL,
	"blocked" boolean DEFAULT false NOT NULL,
	"labels" text[] DEFAULT '{}' NOT NULL,
	"custom_attributes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"additional_attributes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"last_activity_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "conversations" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "conversations_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" bigint NOT NULL,
	"display_id" bigint NOT NULL,
	"inbox_id" bigint NOT NULL,
	"contact_id" bigint NOT NULL,
	"contact_inbox_id" bigint NOT NULL,
	"echo_id" text,
	"status" text DEFAULT 'open' NOT NULL,
	"snoozed_until" timestamp (3) with time zone,
	"priority" text,
	"assignee_id" bigint,
	"team_id" bigint,
	"seq" bigint DEFAULT 0 NOT NULL,
	"waiting_since" timestamp (3) with time zone,
	"first_reply_created_at" timestamp (3) with time zone,
	"contact_last_seen_at" timestamp (3) with time zone,
	"contact_last_seen_seq" bigint DEFAULT 0 NOT NULL,
	"contact_unread_count" integer DEFAULT 0 NOT NULL,
	"agent_last_seen_at" timestamp (3) with time zone,
	"agent_last_seen_seq" bigint DEFAULT 0 NOT NULL,
	"agent_unread_count" integer DEFAULT 0 NOT NULL,
	"last_message_id" bigint,
	"last_public_message_id" bigint,
	"last_activity_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"labels" text[] DEFAULT '{}' NOT NULL,
	"muted" boolean DEFAULT false NOT NULL,
	"csat_requested" boolean DEFAULT false NOT NULL,
	"participant_ids" bigint[] DEFAULT '{}' NOT NULL,
	"custom_attributes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"additional_attributes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "conversations_status" CHECK ("conversations"."status" in ('open', 'pending', 'snoozed', 'resolved')),
	CONSTRAINT "conversations_priority" CHECK ("conversations"."priority" in ('urgent', 'high', 'medium', 'low'))
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" bigint NOT NULL,
	"conversation_id" bigint,
	"message_id" bigint,
	"contact_id" bigint,
	"contact_inbox_id" bigint,
	"name" text NOT NULL,
	"seq" bigint,
	"actor_type" text NOT NULL,
	"actor_id" bigint DEFAULT 0 NOT NULL,
	"changes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"transaction_id" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "events_actor_type" CHECK ("events"."actor_type" in ('contact', 'user', 'system'))
);
--> statement-breakpoint
CREATE TABLE "inbox_members" (
	"inbox_id" bigint NOT NULL,
	"user_id" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "inbox_members_inbox_id_user_id_pk" PRIMARY KEY("inbox_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "inboxes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "inboxes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" bigint NOT NULL,
	"name" text NOT NULL,
	"channel_type" text DEFAULT 'web_widget' NOT NULL,
	"website_token" text NOT NULL,
	"website_url" text DEFAULT '' NOT NULL,
	"hmac_token" text NOT NULL,
	"hmac_mandatory" boolean DEFAULT false NOT NULL,
	"allowed_domains" text[] DEFAULT '{}' NOT NULL,
	"widget_color" text DEFAULT '#1f5eff' NOT NULL,
	"welcome_title" text DEFAULT 'Support team' NOT NULL,
	"welcome_tagline" text DEFAULT 'Ask us anything…' NOT NULL,
	"greeting_enabled" boolean DEFAULT true NOT NULL,
	"greeting_message" text DEFAULT '' NOT NULL,
	"enable_auto_assignment" boolean DEFAULT false NOT NULL,
	"csat_survey_enabled" boolean DEFAULT false NOT NULL,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"working_hours_enabled" boolean DEFAULT false NOT NULL,
	"timezone" text DEFAULT 'UTC' NOT NULL,
	"working_hours" jsonb DEFAULT '[{"day_of_week":0,"closed_all_day":true,"open_all_day":false,"open_hour":9,"open_minutes":0,"close_hour":17,"close_minutes":0},{"day_of_week":1,"closed_all_day":false,"open_all_day":false,"open_hour":9,"open_minutes":0,"close_hour":17,"close_minutes":0},{"day_of_week":2,"closed_all_day":false,"open_all_day":false,"open_hour":9,"open_minutes":0,"close_hour":17,"close_minutes":0},{"day_of_week":3,"closed_all_day":false,"open_all_day":false,"open_hour":9,"open_minutes":0,"close_hour":17,"close_minutes":0},{"day_of_week":4,"closed_all_day":false,"open_all_day":false,"open_hour":9,"open_minutes":0,"close_hour":17,"close_minutes":0},{"day_of_week":5,"closed_all_day":false,"open_all_day":false,"open_hour":9,"open_minutes":0,"close_hour":17,"close_minutes":0},{"day_of_week":6,"closed_all_day":true,"open_all_day":false,"open_hour":9,"open_minutes":0,"close_hour":17,"close_minutes":0}]'::jsonb NOT NULL,
	"holidays" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"out_of_office_message" text DEFAULT '' NOT NULL,
	"enable_email_collect" boolean DEFAULT false NOT NULL,
	"pre_chat_form_enabled" boolean DEFAULT false NOT NULL,
	"pre_chat_form_options" jsonb DEFAULT '{"pre_chat_message":"","pre_chat_fields":[{"field_type":"standard","name":"fullName","label":"","placeholder":"","enabled":true,"required":false},{"field_type":"standard","name":"emailAddress","label":"","placeholder":"","enabled":true,"required":true}],"consent":{"text":"","privacy_url":"","required":false}}'::jsonb NOT NULL,
	"lock_to_single_conversation" boolean DEFAULT false NOT NULL,
	"attachment_max_bytes" integer DEFAULT 41943040 NOT NULL,
	"attachment_max_count" integer DEFAULT 15 NOT NULL,
	"attachment_kinds" text[] DEFAULT '{"image","audio","video","file"}' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "inboxes_channel_type" CHECK ("inboxes"."channel_type" in ('web_widget'))
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "messages_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" bigint NOT NULL,
	"conversation_id" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"changed_seq" bigint NOT NULL,
	"message_type" text NOT NULL,
	"content" text,
	"content_tree" jsonb,
	"content_type" text DEFAULT 'text' NOT NULL,
	"content_attributes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"attachments" jsonb,
	"private" boolean DEFAULT false NOT NULL,
	"status" text DEFAULT 'sent' NOT NULL,
	"echo_id" text,
	"sender_type" text NOT NULL,
	"sender_id" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "messages_seq" UNIQUE("conversation_id","seq"),
	CONSTRAINT "messages_message_type" CHECK ("messages"."message_type" in ('incoming', 'outgoing', 'activity', 'template')),
	CONSTRAINT "messages_content_type" CHECK ("messages"."content_type" in ('text', 'input_text', 'input_textarea', 'input_email', 'input_select', 'cards', 'form', 'article', 'input_csat')),
	CONSTRAINT "messages_status" CHECK ("messages"."status" in ('sent', 'delivered', 'read', 'failed')),
	CONSTRAINT "messages_sender_type" CHECK ("messages"."sender_type" in ('contact', 'user', 'system')),
	CONSTRAINT "messages_content_tree" CHECK ("messages"."content" is not null or "messages"."content_tree" is null)
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" varchar(255) PRIMARY KEY NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"expire" bigint
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"user_id" bigint NOT NULL,
	"csrf_token" text NOT NULL,
	"pubsub_token" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "socket_io_attachments" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"created_at" timestamp with time zone DEFAULT now(),
	"payload" "bytea"
);
--> statement-breakpoint
CREATE TABLE "teams" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "teams_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" bigint NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"allow_auto_assign" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "users_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"email" text NOT NULL,
	"name" text NOT NULL,
	"display_name" text,
	"avatar_url" text,
	"password_hash" text NOT NULL,
	"pubsub_token" text NOT NULL,
	"access_token_nonce" text NOT NULL,
	"access_token_hash" text NOT NULL,
	"connected_until" timestamp (3) with time zone,
	"custom_attributes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook_cursor" (
	"id" integer PRIMARY KEY NOT NULL,
	"transaction_id" "xid8" NOT NULL,
	"event_id" bigint NOT NULL,
	CONSTRAINT "webhook_cursor_one" CHECK ("webhook_cursor"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"webhook_id" bigint NOT NULL,
	"event_id" bigint NOT NULL,
	"event" text NOT NULL,
	"lane" text NOT NULL,
	"payload" text NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp (3) with time zone,
	"retry_until" timestamp (3) with time zone NOT NULL,
	"last_attempt_at" timestamp (3) with time zone,
	"duration_ms" integer,
	"response_status" integer,
	"response_body" text,
	"failure" text,
	"failure_message" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhook_deliveries_state" CHECK ("webhook_deliveries"."state" in ('pending', 'delivered', 'parked'))
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "webhooks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" bigint NOT NULL,
	"inbox_id" bigint,
	"url" text NOT NULL,
	"subscriptions" text[] NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"enabled_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"secret_nonce" text NOT NULL,
	"previous_secret_nonce" text,
	"previous_secret_expires_at" timestamp (3) with time zone,
	"failing_since" timestamp (3) with time zone,
	"switched_off_at" timestamp (3) with time zone,
	"switched_off_reason" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhooks_switched_off_reason" CHECK ("webhooks"."switched_off_reason" in ('failing', 'gone'))
);
--> statement-breakpoint
CREATE TABLE "custom_attribute_definitions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "custom_attribute_definitions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" bigint NOT NULL,
	"attribute_model" text NOT NULL,
	"attribute_key" text NOT NULL,
	"attribute_display_name" text NOT NULL,
	"attribute_display_type" text DEFAULT 'text' NOT NULL,
	"attribute_description" text DEFAULT '' NOT NULL,
	"attribute_values" text[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "custom_attribute_definitions_model" CHECK ("custom_attribute_definitions"."attribute_model" in ('conversation_attribute', 'contact_attribute')),
	CONSTRAINT "custom_attribute_definitions_type" CHECK ("custom_attribute_definitions"."attribute_display_type" in ('text', 'number', 'currency', 'percent', 'link', 'date', 'list', 'checkbox'))
);
--> statement-breakpoint
CREATE TABLE "snoozed_conversations" (
	"conversation_id" bigint PRIMARY KEY NOT NULL,
	"snooze_id" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "snoozes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "snoozes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" bigint NOT NULL,
	"conversation_id" bigint,
	"contact_id" bigint,
	"snoozed_until" timestamp (3) with time zone,
	"message" text,
	"created_by" bigint,
	"owner_ids" bigint[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "snoozes_object" CHECK (num_nonnulls("snoozes"."conversation_id", "snoozes"."contact_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "access_tokens" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "access_tokens_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" bigint NOT NULL,
	"user_id" bigint NOT NULL,
	"name" text NOT NULL,
	"token_hash" text NOT NULL,
	"hint" text NOT NULL,
	"scopes" text[] NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_logs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_logs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" bigint NOT NULL,
	"auditable_type" text NOT NULL,
	"auditable_id" bigint NOT NULL,
	"action" text NOT NULL,
	"user_id" bigint NOT NULL,
	"username" text NOT NULL,
	"audited_changes" jsonb NOT NULL,
	"remote_address" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "audit_logs_action" CHECK ("audit_logs"."action" in ('create', 'update', 'destroy'))
);
--> statement-breakpoint
CREATE TABLE "canned_responses" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "canned_responses_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" bigint NOT NULL,
	"short_code" text NOT NULL,
	"content" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "custom_filters" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "custom_filters_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" bigint NOT NULL,
	"user_id" bigint NOT NULL,
	"name" text NOT NULL,
	"filter_type" text NOT NULL,
	"query" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "custom_filters_type" CHECK ("custom_filters"."filter_type" in ('conversation', 'contact', 'report'))
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"user_id" bigint NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "labels" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "labels_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" bigint NOT NULL,
	"title" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"color" text DEFAULT '#1f93ff' NOT NULL,
	"show_on_sidebar" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "team_members" (
	"team_id" bigint NOT NULL,
	"user_id" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "team_members_team_id_user_id_pk" PRIMARY KEY("team_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "used_identity_tokens" (
	"fingerprint" text PRIMARY KEY NOT NULL,
	"contact_inbox_id" bigint,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "attachments" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "attachments_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"token" text NOT NULL,
	"storage_key" text NOT NULL,
	"account_id" bigint NOT NULL,
	"inbox_id" bigint NOT NULL,
	"contact_inbox_id" bigint,
	"user_id" bigint,
	"file_type" text NOT NULL,
	"content_type" text NOT NULL,
	"file_name" text NOT NULL,
	"file_size" bigint NOT NULL,
	"width" integer,
	"height" integer,
	"has_thumbnail" boolean DEFAULT false NOT NULL,
	"conversation_id" bigint,
	"message_id" bigint,
	"attached_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "attachments_file_type" CHECK ("attachments"."file_type" in ('image', 'audio', 'video', 'file')),
	CONSTRAINT "attachments_sender" CHECK (num_nonnulls("attachments"."contact_inbox_id", "attachments"."user_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "server_address" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"public_url" text NOT NULL,
	CONSTRAINT "server_address_only" CHECK ("server_address"."only")
);
--> statement-breakpoint
ALTER TABLE "account_users" ADD CONSTRAINT "account_users_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_users" ADD CONSTRAINT "account_users_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_inboxes" ADD CONSTRAINT "contact_inboxes_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_inboxes" ADD CONSTRAINT "contact_inboxes_inbox_id_inboxes_id_fk" FOREIGN KEY ("inbox_id") REFERENCES "public"."inboxes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_inbox_id_inboxes_id_fk" FOREIGN KEY ("inbox_id") REFERENCES "public"."inboxes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_contact_inbox_id_contact_inboxes_id_fk" FOREIGN KEY ("contact_inbox_id") REFERENCES "public"."contact_inboxes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_assignee_id_users_id_fk" FOREIGN KEY ("assignee_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbox_members" ADD CONSTRAINT "inbox_members_inbox_id_inboxes_id_fk" FOREIGN KEY ("inbox_id") REFERENCES "public"."inboxes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbox_members" ADD CONSTRAINT "inbox_members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inboxes" ADD CONSTRAINT "inboxes_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "teams" ADD CONSTRAINT "teams_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_webhook_id_webhooks_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."webhooks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_inbox_id_inboxes_id_fk" FOREIGN KEY ("inbox_id") REFERENCES "public"."inboxes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "custom_attribute_definitions" ADD CONSTRAINT "custom_attribute_definitions_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snoozed_conversations" ADD CONSTRAINT "snoozed_conversations_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snoozed_conversations" ADD CONSTRAINT "snoozed_conversations_snooze_id_snoozes_id_fk" FOREIGN KEY ("snooze_id") REFERENCES "public"."snoozes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snoozes" ADD CONSTRAINT "snoozes_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snoozes" ADD CONSTRAINT "snoozes_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snoozes" ADD CONSTRAINT "snoozes_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snoozes" ADD CONSTRAINT "snoozes_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access_tokens" ADD CONSTRAINT "access_tokens_member" FOREIGN KEY ("account_id","user_id") REFERENCES "public"."account_users"("account_id","user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_logs" ADD CONSTRAINT "audit_logs_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "canned_responses" ADD CONSTRAINT "canned_responses_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "custom_filters" ADD CONSTRAINT "custom_filters_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "custom_filters" ADD CONSTRAINT "custom_filters_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "labels" ADD CONSTRAINT "labels_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "used_identity_tokens" ADD CONSTRAINT "used_identity_tokens_contact_inbox_id_contact_inboxes_id_fk" FOREIGN KEY ("contact_inbox_id") REFERENCES "public"."contact_inboxes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_users_user" ON "account_users" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "contact_inboxes_source" ON "contact_inboxes" USING btree ("inbox_id","source_id");--> statement-breakpoint
CREATE UNIQUE INDEX "contact_inboxes_pubsub_token" ON "contact_inboxes" USING btree ("pubsub_token");--> statement-breakpoint
CREATE INDEX "contact_inboxes_contact" ON "contact_inboxes" USING btree ("contact_id");--> statement-breakpoint
CREATE UNIQUE INDEX "contacts_verified_identifier" ON "contacts" USING btree ("account_id","identifier") WHERE identifier_verified;--> statement-breakpoint
CREATE INDEX "contacts_email" ON "contacts" USING btree ("account_id","email");--> statement-breakpoint
CREATE INDEX "contacts_phone_number" ON "contacts" USING btree ("account_id","phone_number");--> statement-breakpoint
CREATE INDEX "contacts_by_name" ON "contacts" USING btree ("account_id",lower("name"),"id") WHERE "contacts"."email" is not null or "contacts"."phone_number" is not null or "contacts"."identifier" is not null;--> statement-breakpoint
CREATE INDEX "contacts_by_activity" ON "contacts" USING btree ("account_id","last_activity_at" DESC NULLS LAST,"id" DESC NULLS FIRST) WHERE "contacts"."email" is not null or "contacts"."phone_number" is not null or "contacts"."identifier" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "conversations_display_id" ON "conversations" USING btree ("account_id","display_id");--> statement-breakpoint
CREATE UNIQUE INDEX "conversations_echo_id" ON "conversations" USING btree ("contact_inbox_id","echo_id") WHERE echo_id is not null;--> statement-breakpoint
CREATE INDEX "conversations_all" ON "conversations" USING btree ("account_id","last_activity_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "conversations_by_status" ON "conversations" USING btree ("account_id","status","last_activity_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "conversations_by_assignee" ON "conversations" USING btree ("account_id","assignee_id","status","last_activity_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "conversations_by_team" ON "conversations" USING btree ("team_id","status","last_activity_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE team_id is not null;--> statement-breakpoint
CREATE INDEX "conversations_by_inbox" ON "conversations" USING btree ("inbox_id","status","last_activity_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "conversations_by_contact" ON "conversations" USING btree ("contact_id","last_activity_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "conversations_by_contact_inbox" ON "conversations" USING btree ("contact_inbox_id","last_activity_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "conversations_by_creation" ON "conversations" USING btree ("account_id","status","display_id");--> statement-breakpoint
CREATE INDEX "conversations_by_waiting" ON "conversations" USING btree ("account_id","status","waiting_since","id");--> statement-breakpoint
CREATE INDEX "conversations_by_priority" ON "conversations" USING btree ("account_id","status",(case priority when 'urgent' then 1 when 'high' then 2 when 'medium' then 3 when 'low' then 4 else 5 end),"last_activity_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "conversations_by_label" ON "conversations" USING gin ("labels") WHERE labels <> '{}';--> statement-breakpoint
CREATE INDEX "conversations_queue" ON "conversations" USING btree ("inbox_id","waiting_since","id") WHERE status = 'open' and assignee_id is null and waiting_since is not null;--> statement-breakpoint
CREATE INDEX "conversations_snoozed" ON "conversations" USING btree ("snoozed_until") WHERE status = 'snoozed' and snoozed_until is not null;--> statement-breakpoint
CREATE INDEX "events_conversation" ON "events" USING btree ("conversation_id","id");--> statement-breakpoint
CREATE INDEX "events_transaction" ON "events" USING btree ("transaction_id","id");--> statement-breakpoint
CREATE INDEX "inbox_members_user" ON "inbox_members" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "inboxes_website_token" ON "inboxes" USING btree ("website_token");--> statement-breakpoint
CREATE INDEX "inboxes_account" ON "inboxes" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "messages_changed_seq" ON "messages" USING btree ("conversation_id","changed_seq");--> statement-breakpoint
CREATE INDEX "messages_search" ON "messages" USING gin (to_tsvector('simple'::regconfig, left("content", 50000))) WHERE message_type in ('incoming', 'outgoing');--> statement-breakpoint
CREATE UNIQUE INDEX "messages_echo_id" ON "messages" USING btree ("conversation_id","sender_type","sender_id","echo_id") WHERE echo_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_pubsub_token" ON "sessions" USING btree ("pubsub_token");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_expires_at" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "teams_name" ON "teams" USING btree ("account_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users" USING btree ("email");--> statement-breakpoint
CREATE UNIQUE INDEX "users_pubsub_token" ON "users" USING btree ("pubsub_token");--> statement-breakpoint
CREATE UNIQUE INDEX "users_access_token_hash" ON "users" USING btree ("access_token_hash");--> statement-breakpoint
CREATE INDEX "users_connected_until" ON "users" USING btree ("connected_until") WHERE connected_until is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_deliveries_event" ON "webhook_deliveries" USING btree ("webhook_id","event_id","event");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_due" ON "webhook_deliveries" USING btree ("next_attempt_at") WHERE state = 'pending' and next_attempt_at is not null;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_lane" ON "webhook_deliveries" USING btree ("webhook_id","lane","event_id","event") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "webhook_deliveries_created_at" ON "webhook_deliveries" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "webhooks_url" ON "webhooks" USING btree ("account_id","url");--> statement-breakpoint
CREATE INDEX "webhooks_inbox" ON "webhooks" USING btree ("inbox_id");--> statement-breakpoint
CREATE UNIQUE INDEX "custom_attribute_definitions_key" ON "custom_attribute_definitions" USING btree ("account_id","attribute_model","attribute_key");--> statement-breakpoint
CREATE INDEX "snoozed_conversations_snooze" ON "snoozed_conversations" USING btree ("snooze_id");--> statement-breakpoint
CREATE INDEX "snoozes_account" ON "snoozes" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "snoozes_conversation" ON "snoozes" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "snoozes_contact" ON "snoozes" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "snoozes_created_by" ON "snoozes" USING btree ("created_by");--> statement-breakpoint
CREATE UNIQUE INDEX "access_tokens_hash" ON "access_tokens" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "access_tokens_user" ON "access_tokens" USING btree ("account_id","user_id","id");--> statement-breakpoint
CREATE INDEX "audit_logs_account" ON "audit_logs" USING btree ("account_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE UNIQUE INDEX "canned_responses_short_code" ON "canned_responses" USING btree ("account_id","short_code");--> statement-breakpoint
CREATE INDEX "custom_filters_user" ON "custom_filters" USING btree ("account_id","user_id","filter_type","id");--> statement-breakpoint
CREATE INDEX "invitations_user" ON "invitations" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "labels_title" ON "labels" USING btree ("account_id","title");--> statement-breakpoint
CREATE INDEX "team_members_user" ON "team_members" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "used_identity_tokens_expires_at" ON "used_identity_tokens" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "used_identity_tokens_contact_inbox" ON "used_identity_tokens" USING btree ("contact_inbox_id");--> statement-breakpoint
CREATE UNIQUE INDEX "attachments_token" ON "attachments" USING btree ("token");--> statement-breakpoint
CREATE INDEX "attachments_conversation" ON "attachments" USING btree ("conversation_id","id") WHERE conversation_id is not null;--> statement-breakpoint
CREATE INDEX "attachments_unused" ON "attachments" USING btree ("created_at") WHERE conversation_id is null;