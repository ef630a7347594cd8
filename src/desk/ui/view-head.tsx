// Above the list: which view or filter it is, and how to search, filter, and keep a filter as a view.
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { Failure } from "../../protocol/result.ts";
import { Dialog } from "./dialog.tsx";
import { useDesk, useWorkspace } from "./desk-context.ts";
import { CloseIcon, MenuIcon } from "./icons.tsx";
import {
  FilterIcon,
  MoreIcon,
  PencilIcon,
  SavedViewIcon,
  SearchIcon,
  TrashIcon,
} from "./icons-workspace.tsx";
import { Menu } from "./menu.tsx";
import { failureText, texts as deskTexts, viewTexts } from "./texts.ts";
import { findingTexts as texts } from "./texts-finding.ts";
import { NAME_MAX_LENGTH } from "../../protocol/limits.ts";

export function ViewHead() {
  const { layout, router } = useDesk();
  const { view, list, counts, filter, savedViews, show } = useWorkspace();
  const { savedId } = router.route.value;
  const isFiltered = filter.value !== null;
  const saved = savedViews.all.value?.find(({ id }) => id === savedId);
  const isNaming = useSignal(false);
  const name = saved?.name ?? (isFiltered ? texts.filtered : viewTexts[view.value].name);
  const count = isFiltered ? list.value.count?.value : counts.of(view.value);
  return (
    <header class="pane-head view-head">
      <button
        type="button"
        class="icon-button phone-only"
        aria-label={deskTexts.views}
        title={deskTexts.views}
        onClick={() => (layout.isViewsPaneOpen.value = true)}
      >
        <MenuIcon />
      </button>
      <h1 dir="auto" title={name}>
        {name}
      </h1>
      {count !== undefined && <span class="quiet pane-count">{count}</span>}
      <span class="view-actions">
        <HeadButton label={texts.search} onClick={() => layout.search()}>
          <SearchIcon />
        </HeadButton>
        <HeadButton
          label={isFiltered ? texts.editFilter : texts.filterConversations}
          isPressed={isFiltered}
          onClick={() => (layout.dialog.value = "filter")}
        >
          <FilterIcon />
        </HeadButton>
        {saved && <SavedMenu id={saved.id} onRename={() => (isNaming.value = true)} />}
        {isFiltered && !saved && (
          <HeadButton label={texts.saveView} onClick={() => (isNaming.value = true)}>
            <SavedViewIcon />
          </HeadButton>
        )}
        {isFiltered && !saved && (
          <HeadButton label={texts.clearFilter} onClick={() => show(view.peek())}>
            <CloseIcon />
          </HeadButton>
        )}
      </span>
      {isNaming.value && <NameDialog onClose={() => (isNaming.value = false)} />}
    </header>
  );
}

interface HeadButtonProps {
  label: string;
  isPressed?: boolean;
  onClick: () => void;
  children: ComponentChildren;
}

function HeadButton({ label, isPressed, onClick, children }: HeadButtonProps) {
  return (
    <button
      type="button"
      class={isPressed ? "icon-button is-on" : "icon-button"}
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      {children}
    </button>
  );
}

function SavedMenu({ id, onRename }: { id: number; onRename: () => void }) {
  const { layout } = useDesk();
  const { savedViews, show } = useWorkspace();
  const isOpen = useSignal(false);
  return (
    <Menu
      label={texts.viewActions}
      buttonClass="icon-button"
      isOpen={isOpen.value}
      onOpenChange={(open) => (isOpen.value = open)}
      items={[
        {
          id: "edit",
          label: texts.editFilter,
          picture: <FilterIcon />,
          run: () => (layout.dialog.value = "filter"),
        },
        { id: "rename", label: texts.renameView, picture: <PencilIcon />, run: onRename },
        {
          id: "delete",
          label: texts.deleteView,
          picture: <TrashIcon />,
          startsSection: true,
          run() {
            show("open");
            void savedViews.remove(id);
          },
        },
      ]}
    >
      <MoreIcon />
    </Menu>
  );
}

/** Names a new view, or the one that is shown anew. */
function NameDialog({ onClose }: { onClose: () => void }) {
  const { router } = useDesk();
  const { filter, savedViews, showFilter } = useWorkspace();
  const { savedId } = router.route.value;
  const saved = savedViews.all.value?.find(({ id }) => id === savedId);
  const name = useSignal(saved?.name ?? "");
  const problem = useSignal<Failure | null>(null);
  const problemId = useId();

  async function save(): Promise<void> {
    const said = name.peek().trim();
    const draft = filter.peek();
    if (said === "" || !draft) return;
    if (saved) {
      onClose();
      await savedViews.change(saved.id, { name: said });
      return;
    }
    const result = await savedViews.save(said, draft);
    if (!result.ok) {
      problem.value = result.error;
      return;
    }
    onClose();
    showFilter({ savedId: result.data.id });
  }

  const label = saved ? texts.renameView : texts.saveView;
  return (
    <Dialog label={label} class="dialog naming" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <label class="field naming-field">
          <span>{texts.viewName}</span>
          <input
            type="text"
            required
            maxLength={NAME_MAX_LENGTH}
            autocomplete="off"
            dir="auto"
            aria-describedby={problem.value ? problemId : undefined}
            value={name.value}
            onInput={(event) => (name.value = event.currentTarget.value)}
          />
        </label>
        {problem.value && (
          <p id={problemId} class="field-problem naming-problem" role="alert">
            {failureText(problem.value)}
          </p>
        )}
        <footer class="dialog-foot">
          <button type="button" class="button" onClick={onClose}>
            {texts.cancel}
          </button>
          <button type="submit" class="button button-primary">
            {texts.save}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
