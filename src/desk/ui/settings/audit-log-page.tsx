// The audit log: who has changed what, page by page, with what was before and after.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { AUDIT_LOGS_PAGE_SIZE } from "../../../protocol/limits.ts";
import type { AuditLog } from "../../../protocol/records-administration.ts";
import type { Failure } from "../../../protocol/result.ts";
import { formatFull } from "../format.ts";
import { failureText, texts as common } from "../texts.ts";
import { useSettings } from "./context.ts";
import { Page } from "./page.tsx";
import { auditTexts as words } from "./texts-webhooks.ts";
import { sectionTexts, texts } from "./texts.ts";

export function AuditLogPage() {
  const { rest, accountId } = useSettings();
  const entries = useSignal<readonly AuditLog[]>([]);
  const total = useSignal<number | null>(null);
  const pages = useSignal(0);
  const isBusy = useSignal(false);
  const failed = useSignal<Failure | null>(null);

  async function more(): Promise<void> {
    if (isBusy.peek()) return;
    isBusy.value = true;
    failed.value = null;
    const result = await rest.listAuditLogs(accountId, pages.peek() + 1);
    isBusy.value = false;
    if (!result.ok) {
      failed.value = result.error;
      return;
    }
    // New entries push others onto the next page: none is shown twice.
    const known = new Set(entries.peek().map(({ id }) => id));
    entries.value = [
      ...entries.peek(),
      ...result.data.audit_logs.filter(({ id }) => !known.has(id)),
    ];
    pages.value += 1;
    total.value = result.data.total_entries;
  }
  useEffect(() => void more(), []);

  const hasMore = total.value !== null && pages.value * AUDIT_LOGS_PAGE_SIZE < total.value;
  return (
    <Page title={sectionTexts["audit-log"].name} intro={sectionTexts["audit-log"].intro}>
      <div aria-busy={isBusy.value}>
        {entries.value.length > 0 && (
          <ul class="kept-rows" aria-label={sectionTexts["audit-log"].name}>
            {entries.value.map((entry) => (
              <Entry key={entry.id} entry={entry} />
            ))}
          </ul>
        )}
        {total.value === 0 && <p class="quiet">{words.empty}</p>}
      </div>
      {failed.value && <p role="alert">{failureText(failed.value)}</p>}
      {(hasMore || failed.value) && (
        <button type="button" class="button" onClick={() => void more()}>
          {failed.value ? common.retry : texts.showMore}
        </button>
      )}
    </Page>
  );
}

const shown = (value: unknown): string =>
  typeof value === "string" ? value || words.nothing : (JSON.stringify(value) ?? words.nothing);

function Entry({ entry }: { entry: AuditLog }) {
  const { action, auditable_type: type, auditable_id: id, audited_changes: changes } = entry;
  const names = Object.entries(changes);
  return (
    <li class="kept-row">
      <div class="kept-row-words">
        <span class="kept-row-title">
          {words.did(entry.username, action, words.types[type] ?? type, id)}
        </span>
        <div class="quiet kept-row-detail">
          {[formatFull(entry.created_at * 1000), entry.remote_address].filter(Boolean).join(" · ")}
        </div>
        {names.length > 0 && (
          <details>
            <summary>{words.changes(names.length)}</summary>
            <dl class="change-list">
              {names.map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd dir="auto">
                    {action === "update" && Array.isArray(value) && value.length === 2 ? (
                      <>
                        <del>{shown(value[0])}</del> <ins>{shown(value[1])}</ins>
                      </>
                    ) : (
                      shown(value)
                    )}
                  </dd>
                </div>
              ))}
            </dl>
          </details>
        )}
      </div>
    </li>
  );
}
