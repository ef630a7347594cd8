// Finds words in the visitor's own conversations. Loaded when he wants to.
import { useEffect, useRef } from "preact/hooks";
import type { Message } from "../../protocol/records.ts";
import { texts as chatTexts } from "./texts.ts";
import { searchTexts as texts } from "./texts-search.ts";
import { tracked, useSignal } from "./tracked.ts";
import type { ChatView } from "./view.ts";
import { wordsOf } from "./words.ts";

/** So long, he may still be typing. */
const PAUSE_MS = 200;
const WORDS_MAX_LENGTH = 255;

const nameOf = ({ message_type, sender }: Message): string =>
  message_type === "incoming" ? chatTexts.you : (sender?.name ?? chatTexts.team);

type State = { found: Message[]; words: string } | { code: string } | undefined;

export const Search = tracked(function Search({ view }: { view: ChatView }) {
  const words = useSignal("");
  const state = useSignal<State>(undefined);
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    field.current?.focus();
    return () => clearTimeout(timer.current);
  }, []);

  async function find(wanted: string): Promise<void> {
    const result = await view.search(wanted);
    // He has typed on.
    if (words.peek().trim() !== wanted) return;
    state.value = result.ok ? { found: result.data, words: wanted } : { code: result.error.code };
  }
  async function open(message: Message): Promise<void> {
    const { conversation_id: key, id: found } = message;
    const failed = await view.threadOf(key).visit(message);
    if (failed) state.value = { code: failed.code };
    else view.chatWindow.show({ name: "thread", key, found });
  }
  function type(next: string): void {
    words.value = next;
    clearTimeout(timer.current);
    const wanted = next.trim();
    if (wanted === "") state.value = undefined;
    else timer.current = setTimeout(() => void find(wanted), PAUSE_MS);
  }

  const shown = state.value;
  return (
    <section class="search">
      <input
        ref={field}
        type="search"
        dir="auto"
        maxLength={WORDS_MAX_LENGTH}
        aria-label={chatTexts.search}
        value={words.value}
        onInput={(event) => type(event.currentTarget.value)}
      />
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
