// The folded part of the snooze picker: a note for later, and whom the conversation goes to then.
import { useSignal } from "@preact/signals";
import type { Signal } from "@preact/signals";
import { SNOOZE_MESSAGE_MAX_LENGTH, SNOOZE_OWNERS_MAX } from "../../protocol/limits.ts";
import type { Agent } from "../../protocol/records.ts";
import { Avatar } from "./avatar.tsx";
import { useWorkspace } from "./desk-context.ts";
import { snoozeTexts as texts } from "./texts-snooze.ts";
import { workspaceTexts } from "./texts-workspace.ts";

interface Props {
  note: Signal<string>;
  ownerIds: Signal<readonly number[]>;
  /** Saves these alone, where something sleeps already. */
  onKeepTime: (() => void) | null;
}

/** As many are seen at a glance; more want to be searched. */
const SEARCHED_FROM = 8;

export function SnoozeMore({ note, ownerIds, onKeepTime }: Props) {
  return (
    <details class="snooze-more" open={onKeepTime !== null}>
      <summary>{texts.more}</summary>
      <label class="field">
        <span>{texts.note}</span>
        <textarea
          rows={2}
          dir="auto"
          maxLength={SNOOZE_MESSAGE_MAX_LENGTH}
          placeholder={texts.noteHint}
          value={note.value}
          onInput={(event) => (note.value = event.currentTarget.value)}
        />
      </label>
      <Owners ownerIds={ownerIds} />
      {onKeepTime && (
        <button type="button" class="button" onClick={onKeepTime}>
          {texts.keepTime}
        </button>
      )}
    </details>
  );
}

function Owners({ ownerIds }: { ownerIds: Signal<readonly number[]> }) {
  const { agents } = useWorkspace();
  const typed = useSignal("");
  const all = agents.all.value;
  const chosen = ownerIds.value;
  const words = typed.value.trim().toLocaleLowerCase();
  const shown = all.filter(({ id, available_name: name, email }) =>
    chosen.includes(id) ? true : `${name} ${email}`.toLocaleLowerCase().includes(words),
  );

  /** In the order in which they were chosen: the first is asked first. */
  function toggle(agent: Agent): void {
    const others = chosen.filter((id) => id !== agent.id);
    ownerIds.value = others.length < chosen.length ? others : [...others, agent.id];
  }

  return (
    <fieldset class="field snooze-owners">
      <legend>{texts.owners}</legend>
      <p class="quiet">{texts.ownersHint}</p>
      {all.length >= SEARCHED_FROM && (
        <input
          type="search"
          aria-label={workspaceTexts.followersHint}
          placeholder={workspaceTexts.followersHint}
          value={typed.value}
          onInput={(event) => (typed.value = event.currentTarget.value)}
        />
      )}
      <ul>
        {shown.map((agent) => (
          <li key={agent.id}>
            <label>
              <input
                type="checkbox"
                checked={chosen.includes(agent.id)}
                disabled={!chosen.includes(agent.id) && chosen.length >= SNOOZE_OWNERS_MAX}
                onChange={() => toggle(agent)}
              />
              <Avatar
                name={agent.available_name}
                id={agent.id}
                url={agent.avatar_url}
                size="small"
              />
              <span class="snooze-owner" dir="auto">
                {agent.available_name}
              </span>
              {chosen.length > 1 && chosen.includes(agent.id) && (
                <span class="quiet">{chosen.indexOf(agent.id) + 1}.</span>
              )}
            </label>
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p class="quiet">{workspaceTexts.nobodyFound}</p>}
    </fieldset>
  );
}
