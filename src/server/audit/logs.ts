// Reading the log of what administrators have changed.
import { count, desc, eq } from "drizzle-orm";
import { AUDIT_LOGS_PAGE_SIZE } from "../../protocol/limits.ts";
import type { AuditLog } from "../../protocol/records-administration.ts";
import { audit_logs } from "../database/administration-tables.ts";
import { unixSeconds } from "../messages/records.ts";
import type { RoomDeps } from "../room.ts";

export interface AuditLogPage {
  /** How many the whole log holds. */
  total: number;
  logs: AuditLog[];
}

function record({
  account_id: _account,
  created_at,
  ...row
}: typeof audit_logs.$inferSelect): AuditLog {
  return { ...row, user_type: "User", created_at: unixSeconds(created_at) };
}

/** One page, the latest change first. */
export async function listAuditLogs(
  { db }: Pick<RoomDeps, "db">,
  accountId: number,
  page: number,
): Promise<AuditLogPage> {
  const where = eq(audit_logs.account_id, accountId);
  const [[counted], rows] = await Promise.all([
    db.select({ total: count() }).from(audit_logs).where(where),
    db
      .select()
      .from(audit_logs)
      .where(where)
      .orderBy(desc(audit_logs.id))
      .limit(AUDIT_LOGS_PAGE_SIZE)
      .offset((page - 1) * AUDIT_LOGS_PAGE_SIZE),
  ]);
  return { total: counted?.total ?? 0, logs: rows.map(record) };
}
