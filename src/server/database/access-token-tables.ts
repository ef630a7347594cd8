// The table of access tokens that users make for their tools, beside the one in their profile.
import { foreignKey, index, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { accessTokenScopes } from "../../protocol/lists.ts";
import { createdAt, id, reference, time } from "./columns.ts";
import { account_users } from "./account-tables.ts";

export const access_tokens = pgTable(
  "access_tokens",
  {
    id: id(),
    /** It works in this account only, and for as long as its user belongs to it. */
    account_id: reference().notNull(),
    user_id: reference().notNull(),
    name: text().notNull(),
    /** SHA-256 of the token, which is kept nowhere. */
    token_hash: text().notNull(),
    /** Its last four characters, to tell it from others. */
    hint: text().notNull(),
    scopes: text({ enum: accessTokenScopes }).array().notNull(),
    last_used_at: time(),
    created_at: createdAt(),
  },
  (t) => [
    uniqueIndex("access_tokens_hash").on(t.token_hash),
    index("access_tokens_user").on(t.account_id, t.user_id, t.id),
    foreignKey({
      name: "access_tokens_member",
      columns: [t.account_id, t.user_id],
      foreignColumns: [account_users.account_id, account_users.user_id],
    }).onDelete("cascade"),
  ],
);
