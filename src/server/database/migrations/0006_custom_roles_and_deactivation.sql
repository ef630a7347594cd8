CREATE TABLE "custom_roles" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "custom_roles_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" bigint NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"permissions" text[] NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "account_users" ADD COLUMN "custom_role_id" bigint;--> statement-breakpoint
ALTER TABLE "account_users" ADD COLUMN "active" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "access_token_last_used_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "custom_roles" ADD CONSTRAINT "custom_roles_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "custom_roles_name" ON "custom_roles" USING btree ("account_id","name");--> statement-breakpoint
ALTER TABLE "account_users" ADD CONSTRAINT "account_users_custom_role_id_custom_roles_id_fk" FOREIGN KEY ("custom_role_id") REFERENCES "public"."custom_roles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_users_custom_role" ON "account_users" USING btree ("custom_role_id") WHERE custom_role_id is not null;--> statement-breakpoint
CREATE INDEX "conversations_by_participant" ON "conversations" USING gin ("participant_ids") WHERE participant_ids <> '{}';--> statement-breakpoint
ALTER TABLE "account_users" ADD CONSTRAINT "account_users_custom_role_of_agents" CHECK ("account_users"."role" = 'agent' or custom_role_id is null);