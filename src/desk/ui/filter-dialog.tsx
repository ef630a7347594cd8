// The filter builder: conditions row by row, applied to the list, saved as a view.
import { useSignal } from "@preact/signals";
import type { FilterDraft, FilterRow } from "../store/filter.ts";
import { filterFields, isComplete, newRow } from "../store/filter.ts";
import { useDesk, useWorkspace } from "./desk-context.ts";
import { Dialog } from "./dialog.tsx";
import { FilterRowView } from "./filter-row.tsx";
import { CloseIcon } from "./icons.tsx";
import { PlusIcon } from "./icons-workspace.tsx";
import { texts as deskTexts } from "./texts.ts";
import { findingTexts as texts } from "./texts-finding.ts";

const first: FilterRow = { key: "status", operator: "equal_to", values: ["open"] };

export function FilterDialog() {
  const { layout, router } = useDesk();
  const { accountLists, filter, savedViews, showFilter } = useWorkspace();
  const fields = filterFields(accountLists.attributes.value);
  const draft = useSignal<FilterDraft>(filter.peek() ?? { match: "all", rows: [first] });
  const isTried = useSignal(false);
  const { savedId } = router.route.value;
  const { match, rows } = draft.value;
  const close = () => void (layout.dialog.value = null);
  const setRows = (next: readonly FilterRow[]) =>
    void (draft.value = { ...draft.peek(), rows: next });

  function apply(): void {
    isTried.value = true;
    if (!draft.peek().rows.every(isComplete)) return;
    close();
    if (savedId !== undefined && savedViews.all.peek()?.some(({ id }) => id === savedId)) {
      void savedViews.change(savedId, { draft: draft.peek() });
    } else showFilter({ filter: draft.peek() });
  }

  return (
    <Dialog label={texts.filterConversations} class="dialog filter" onClose={close}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          apply();
        }}
      >
        <header class="dialog-head">
          <h2>{texts.filterConversations}</h2>
          <button type="button" class="icon-button" aria-label={deskTexts.close} onClick={close}>
            <CloseIcon />
          </button>
        </header>
        <div class="filter-body">
          {rows.length > 1 && (
            <label class="filter-match">
              <span>{texts.matchLabel}</span>
              <select
                value={match}
                onChange={({ currentTarget: { value } }) =>
                  (draft.value = { rows, match: value === "any" ? "any" : "all" })
                }
              >
                <option value="all">{texts.matchAll}</option>
                <option value="any">{texts.matchAny}</option>
              </select>
            </label>
          )}
          {rows.map((row, index) => (
            <FilterRowView
              key={index}
              number={index + 1}
              row={row}
              fields={fields}
              isWrong={isTried.value && !isComplete(row)}
              onChange={(next) => setRows(rows.map((one, at) => (at === index ? next : one)))}
              onRemove={
                rows.length > 1 ? () => setRows(rows.filter((_, at) => at !== index)) : null
              }
            />
          ))}
          <button
            type="button"
            class="text-button filter-add"
            onClick={() => {
              const unused = fields.find(({ key }) => rows.every((row) => row.key !== key));
              const next = unused ?? fields[0];
              if (next) setRows([...rows, newRow(next)]);
            }}
          >
            <PlusIcon />
            {texts.addCondition}
          </button>
        </div>
        <footer class="dialog-foot">
          <button type="button" class="button" onClick={close}>
            {texts.cancel}
          </button>
          <button type="submit" class="button button-primary">
            {savedId === undefined ? texts.apply : texts.save}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
