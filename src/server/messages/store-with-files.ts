// A message with files: the statement of every message and the taking of its uploads, in one transaction.
import { drizzle } from "drizzle-orm/node-postgres";
import type { Pool, QueryResultRow } from "pg";
import { success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { Uploader } from "../attachments/attachments.ts";
import { claimUploads } from "../attachments/claim.ts";
import { notFound } from "../conversations/find.ts";
import { violatesUnique } from "../database/errors.ts";
import type { KeptAttachment } from "../database/message-tables.ts";
import type { Statement } from "./create-message-sql.ts";

interface StoredMessage extends QueryResultRow {
  /** The conversation's row. */
  id: number;
  message_id: number;
}

/**
 * Runs the statement and gives its message the uploads. `"repeated"`: this sender has sent this echo
 * id before. Errors: `not_found` (no conversation of his), `invalid` (not his uploads, or too many).
 */
export async function storeWithFiles<Row extends StoredMessage>(
  pool: Pool,
  statement: Statement & { values: unknown[] },
  uploaderOf: (row: Row) => Uploader,
  uploads: string[],
  now: Date,
): Promise<Result<{ row: Row; attachments: KeptAttachment[] }> | "repeated"> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const end = async (how: "commit" | "rollback") => void (await client.query(how));
  try {
    await client.query("begin");
    const {
      rows: [row],
    } = await client.query<Row>(statement);
    if (!row) return await end("rollback").then(notFound);
    const message = { id: row.message_id, conversationId: row.id };
    const tx = drizzle(client);
    const attachments = await claimUploads(tx, uploaderOf(row), uploads, message, now);
    await end(attachments.ok ? "commit" : "rollback");
    return attachments.ok ? success({ row, attachments: attachments.data }) : attachments;
  } catch (error) {
    // A client whose transaction cannot even be taken back is of no use to anybody.
    await end("rollback").catch((failed: Error) => (broken = failed));
    if (violatesUnique(error, "messages_echo_id")) return "repeated";
    throw error;
  } finally {
    client.release(broken);
  }
}
