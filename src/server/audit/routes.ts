// The route of the log, for administrators.
import { AUDIT_LOGS_PAGE_SIZE } from "../../protocol/limits.ts";
import { applicationPaths } from "../../protocol/paths.ts";
import { auditLogPageSchema } from "../../protocol/records-administration.ts";
import { listAuditLogsSchema } from "../../protocol/requests-accounts.ts";
import { onlyAdministrators } from "../agents/rights.ts";
import type { RestDoor } from "../http/door.ts";
import type { RoomDeps } from "../room.ts";
import { listAuditLogs } from "./logs.ts";

export function auditRoutes(app: RestDoor, deps: RoomDeps): void {
  app.get(
    applicationPaths.auditLogs(":account"),
    {
      onRequest: onlyAdministrators,
      schema: { querystring: listAuditLogsSchema, response: { 200: auditLogPageSchema } },
    },
    async ({ agent, query: { page } }, reply) => {
      const { total, logs } = await listAuditLogs(deps, agent.accountId, page);
      reply.paged({ page, perPage: AUDIT_LOGS_PAGE_SIZE, total });
      return {
        per_page: AUDIT_LOGS_PAGE_SIZE,
        total_entries: total,
        current_page: page,
        audit_logs: logs,
      };
    },
  );
}
