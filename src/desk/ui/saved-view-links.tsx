// The agent's own views in the first pane, under those that everybody has.
import { formatRoute } from "../store/route.ts";
import { useDesk, useWorkspace } from "./desk-context.ts";
import { SavedViewIcon } from "./icons-workspace.tsx";
import { followLink } from "./links.ts";
import { findingTexts as texts } from "./texts-finding.ts";

export function SavedViewLinks() {
  const { layout, router } = useDesk();
  const { savedViews, showFilter, view } = useWorkspace();
  const saved = savedViews.all.value ?? [];
  if (saved.length === 0) return null;
  return (
    <li class="rail-section">
      <h2 class="rail-heading">{texts.savedViews}</h2>
      <ul class="rail-saved" aria-label={texts.savedViews}>
        {saved.map(({ id, name }) => (
          <li key={id}>
            <a
              class="rail-item"
              href={formatRoute({ view: view.value, conversationId: null, savedId: id })}
              title={name}
              aria-current={router.route.value.savedId === id ? "page" : undefined}
              onClick={(event) =>
                followLink(event, () => {
                  layout.isViewsPaneOpen.value = false;
                  layout.isSearchOpen.value = false;
                  showFilter({ savedId: id });
                })
              }
            >
              <SavedViewIcon />
              <span class="rail-label" dir="auto">
                {name}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </li>
  );
}
