// Where the visitor's own conversations hold his words. Loaded when he looks for some.
import { useEffect, useRef } from "preact/hooks";
import type { Message } from "../../protocol/records.ts";
import { texts as chatTexts } from "./texts.ts";
import { searchTexts as texts } from "./texts-search.ts";
import { tracked, useSignal } from "./tracked.ts";
import type { ChatView } from "./view.ts";
import { wordsOf } from "./words.ts";

/** So long, he may still be typing. */
const PAUSE_MS = 200;

const nameOf = ({ message_type, sender }: Message): string =>
  message_type === "incoming" ? chatTexts.you : (sender?.name ?? chatTexts.team);

type State = { found: Message[] } | { code: string } | undefined;

interface FoundProps {
  view: ChatView;
  /** Not empty. */
  words: string;
}

export const Found = tracked(function Found({ view, words }: FoundProps) {
  const state = useSignal<State>(undefined);
  const latest = useRef(words);
  latest.current = words;
  useEffect(() => {
    async function find(): Promise<void> {
      const result = await view.search(words);
      // He has typed on.
      if (latest.current !== words) return;
      state.value = result.ok ? { found: result.data } : { code: result.error.code };
    }
    const timer = setTimeout(() => void find(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [words, view, state]);

  async function open(message: Message): Promise<void> {
    const { conversation_id: key, id: found } = message;
    const failed = await view.threadOf(key).visit(message);
    if (failed) state.value = { code: failed.code };
    else view.chatWindow.show({ name: "thread", key, found });
  }

  const shown = state.value;
  return (
    <section>
      <output class="hint">
        {!shown
          ? ""
          : "code" in shown
            ? chatTexts.failure(shown.code)
            : shown.found.length > 0
              ? texts.found(shown.found.length)
              : texts.foundNone}
      </output>
      {shown && "found" in shown && shown.found.length > 0 && (
        <ul>
          {shown.found.map((message) => (
            <li key={message.id}>
              {/* Its words are further inside than the rule looks. */}
              {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label */}
              <button type="button" class="row" onClick={() => void open(message)}>
                <span class="lines">
                  <span class="top">
                    <span class="name">{nameOf(message)}</span>
                    <time>{view.dates.brief(message.created_at * 1_000)}</time>
                  </span>
                  <span class="last" dir="auto">
                    {wordsOf(message)}
                  </span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
});
