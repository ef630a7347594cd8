// A contact's labels, and what he wrote before.
import { useSignal } from "@preact/signals";
import { filterOf, formatRoute } from "../store/route.ts";
import { useDesk, useWorkspace } from "./desk-context.ts";
import { previewOf } from "./format.ts";
import { LabelChip, LabelDot } from "./label-chip.tsx";
import { PlusIcon } from "./icons-workspace.tsx";
import { followLink } from "./links.ts";
import { Picker } from "./picker.tsx";
import { RelativeTime } from "./relative-time.tsx";
import { failureText, numberText, statusTexts, texts as deskTexts } from "./texts.ts";
import { contactTexts as texts } from "./texts-contact.ts";
import { workspaceTexts } from "./texts-workspace.ts";

export function ContactLabels() {
  const { openContact, accountLists } = useWorkspace();
  const isPicking = useSignal(false);
  const labels = openContact.labels.value;
  if (!labels) return null;
  const known = accountLists.labels.value;
  return (
    <section class="facts" aria-label={texts.contactLabels}>
      <div class="facts-head">
        <h3>{workspaceTexts.labels}</h3>
        <button
          type="button"
          class="icon-button"
          aria-label={texts.addLabel}
          title={texts.addLabel}
          onClick={() => (isPicking.value = true)}
        >
          <PlusIcon />
        </button>
      </div>
      {labels.length > 0 ? (
        <div class="chips">
          {labels.map((title) => (
            <LabelChip
              key={title}
              title={title}
              onRemove={() => void openContact.toggleLabel(title)}
            />
          ))}
        </div>
      ) : (
        <p class="quiet">{deskTexts.none}</p>
      )}
      {isPicking.value && (
        <Picker
          label={texts.contactLabels}
          hint={workspaceTexts.labelsHint}
          emptyText={known.length === 0 ? workspaceTexts.labelsNone : workspaceTexts.labelsEmpty}
          isMultiple
          items={known.map(({ id, title, color, description }) => ({
            id: String(id),
            label: title,
            detail: description,
            picture: <LabelDot color={color} />,
            isChosen: labels.includes(title),
          }))}
          onPick={({ label }) => void openContact.toggleLabel(label)}
          onClose={() => (isPicking.value = false)}
        />
      )}
    </section>
  );
}

export function PreviousConversations() {
  const { openContact, agentId, open } = useWorkspace();
  const { router, layout } = useDesk();
  const others = openContact.others.value;
  const error = openContact.error.value;
  const route = router.route.value;
  return (
    <section class="facts" aria-busy={others === null && !error}>
      <h3>{texts.previous}</h3>
      {error && (
        <p role="alert" class="field-problem">
          {failureText(error)}{" "}
          <button type="button" class="text-button" onClick={() => void openContact.load()}>
            {deskTexts.retry}
          </button>
        </p>
      )}
      {others?.length === 0 && <p class="quiet">{texts.noPrevious}</p>}
      <ul class="previous">
        {others?.map((one) => (
          <li key={one.id}>
            <a
              class="previous-link"
              href={formatRoute({ view: route.view, conversationId: one.id, ...filterOf(route) })}
              onClick={(event) =>
                followLink(event, () => {
                  if (!layout.isWide.peek()) layout.setContactPanelOpen(false);
                  open(one.id);
                })
              }
            >
              <span class="row-line quiet row-found">
                <span>{numberText(one.id)}</span>
                <span>{statusTexts[one.status]}</span>
                <span class="row-time">
                  <RelativeTime atMs={one.last_activity_at * 1000} />
                </span>
              </span>
              <span class="row-preview" dir="auto">
                {one.messages[0] ? previewOf(one.messages[0], agentId) : deskTexts.noMessages}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
