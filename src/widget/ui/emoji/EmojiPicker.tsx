// Emoji by group and by name, and those chosen of late. Fetched when its button is pressed first.
import type { FunctionComponent } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Core } from "../../core.ts";
import { texts } from "../texts.ts";
import { tracked, useSignal } from "../tracked.ts";
import { emojiGroups } from "./emoji-list.ts";
import css from "./emoji.css?inline";
import { loadEmojiWords } from "./emoji-words.ts";
import type { EmojiWords } from "./emoji-words.ts";
import { findEmoji, groupsOf, inTone, isSame } from "./find-emoji.ts";
import type { Emoji } from "./find-emoji.ts";
import { moveInGrid } from "./move-in-grid.ts";

/** Width of a cell in pixels: what a finger hits. */
const CELL = 44;
const RECENT_MAX = 16;
const RECENT_KEY = "emoji";
const TONE_KEY = "emojiTone";
const TONES = ["", "🏻", "🏼", "🏽", "🏾", "🏿"];

export interface EmojiPickerProps {
  onPick: (emoji: string) => void;
  /** Escape, or somebody went on elsewhere. */
  onClose: (isEscape: boolean) => void;
}

export interface EmojiPicker {
  Picker: FunctionComponent<EmojiPickerProps>;
  /** Fetches the words of the language that is spoken now. */
  prepare(): Promise<void>;
}

interface GridProps {
  label: string;
  id: string;
  emoji: Emoji[];
  columns: number;
  onPick: (sign: string) => void;
}

// A table would have to be taken apart again to be rows of buttons.
// oxlint-disable jsx-a11y/prefer-tag-over-role
/** Rows of as many as there is room for; the arrows go from one to the next. */
function Grid({ label, id, emoji, columns, onPick }: GridProps) {
  const rows = Array.from({ length: Math.ceil(emoji.length / columns) }, (_, row) =>
    emoji.slice(row * columns, (row + 1) * columns),
  );
  return (
    <section>
      <h3 id={id}>{label}</h3>
      <div role="grid" aria-labelledby={id}>
        {rows.map((row, at) => (
          <div role="row" key={at}>
            {row.map(({ sign, name }) => (
              <button
                type="button"
                key={sign}
                role="gridcell"
                tabIndex={-1}
                aria-label={name}
                title={name}
                value={sign}
                onClick={() => onPick(sign)}
              >
                {sign}
              </button>
            ))}
          </div>
        ))}
      </div>
    </section>
  );
}

// oxlint-enable jsx-a11y/prefer-tag-over-role
export function createEmojiPicker(core: Core): EmojiPicker {
  const { root, storage, isPhone } = core;
  core.addStyle(css);
  let language: string | undefined;
  let words: EmojiWords;
  let groups: Emoji[][];
  let all: Emoji[];

  const Picker = tracked(function Picker({ onPick, onClose }: EmojiPickerProps) {
    const box = useRef<HTMLDialogElement>(null);
    const list = useRef<HTMLDivElement>(null);
    const columns = useSignal(8);
    const written = useSignal("");
    const tone = useSignal(storage.get(TONE_KEY) ?? "");
    // Those of before: what is chosen now must not move what is to be chosen next.
    const recent = useRef(storage.get(RECENT_KEY)?.split(" ") ?? []).current;

    useLayoutEffect(() => {
      const { current } = list;
      if (!current) return undefined;
      const observer = new ResizeObserver(() => {
        columns.value = Math.max(1, Math.floor(current.clientWidth / CELL));
      });
      observer.observe(current);
      const leave = ({ target }: Event) => {
        const own = [box.current, box.current?.previousElementSibling];
        if (!own.some((one) => one?.contains(target as Node))) onClose(false);
      };
      const events = ["pointerdown", "focusin"] as const;
      for (const event of events) root.addEventListener(event, leave);
      return () => {
        observer.disconnect();
        for (const event of events) root.removeEventListener(event, leave);
      };
    }, []);
    useEffect(() => {
      // Not into the field on a phone, whose keyboard would hide what there is to choose from.
      const first = isPhone.peek() ? list.current?.querySelector("button") : undefined;
      (first ?? box.current?.querySelector("input"))?.focus({ preventScroll: true });
    }, []);
    useLayoutEffect(() => {
      // One of them is where Tab goes.
      if (list.current?.querySelector("[tabindex='0']")) return;
      list.current?.querySelector("button")?.setAttribute("tabindex", "0");
    });

    function pick(sign: string): void {
      onPick(sign);
      const known = storage.get(RECENT_KEY)?.split(" ") ?? [];
      const kept = [sign, ...known.filter((one) => !isSame(one, sign))].slice(0, RECENT_MAX);
      storage.set(RECENT_KEY, kept.join(" "));
    }
    function onKeyDown(event: KeyboardEvent): void {
      const { current } = list;
      if (event.isComposing || !current) return;
      if (event.key === "Escape") {
        event.preventDefault();
        onClose(true);
      } else if (event.target instanceof HTMLInputElement) {
        const first = current.querySelector("button");
        if (event.key === "Enter") {
          event.preventDefault();
          if (written.peek().trim() && first) pick(first.value);
        } else if (event.key === "ArrowDown" && first) {
          event.preventDefault();
          first.focus();
        }
      } else if (!moveInGrid(event, current) && event.key === "ArrowUp") {
        box.current?.querySelector("input")?.focus();
      }
    }

    const toned = (emoji: Emoji[]) =>
      emoji.map(({ sign, name }) => ({ sign: inTone(sign, tone.value), name }));
    const grid = (label: string, id: string, emoji: Emoji[]) => (
      <Grid
        key={id}
        label={label}
        id={`emoji-${id}`}
        emoji={emoji}
        columns={columns.value}
        onPick={pick}
      />
    );
    const isSearching = written.value.trim() !== "";
    const found = isSearching ? findEmoji(all, written.value) : [];
    const recentEmoji = recent.flatMap((sign) => {
      const known = all.find((one) => isSame(one.sign, sign));
      return known ? [{ sign, name: known.name }] : [];
    });
    return (
      // Its keys are heard where they are pressed.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
      <dialog open class="emoji-box" ref={box} aria-label={texts.emoji} onKeyDown={onKeyDown}>
        <div class="emoji-head">
          <input
            type="search"
            dir="auto"
            aria-label={words.search}
            placeholder={words.search}
            value={written.value}
            onInput={(event) => (written.value = event.currentTarget.value)}
          />
          <select
            aria-label={words.tone}
            title={words.tone}
            value={tone.value}
            onChange={(event) => {
              tone.value = event.currentTarget.value;
              storage.set(TONE_KEY, tone.value);
            }}
          >
            {TONES.map((one) => (
              <option key={one} value={one}>
                ✋{one}
              </option>
            ))}
          </select>
        </div>
        {!isSearching && (
          // For pointers: the keyboard has the arrows, Page Up and Page Down.
          <div class="emoji-tabs">
            {emojiGroups.map((signs, at) => (
              <button
                type="button"
                key={at}
                tabIndex={-1}
                aria-label={words.groups[at]}
                title={words.groups[at]}
                onClick={() => {
                  const section = root.getElementById(`emoji-${at}`)?.parentElement;
                  list.current?.scrollTo({ top: section?.offsetTop ?? 0 });
                }}
              >
                {signs.split(" ", 1)}
              </button>
            ))}
          </div>
        )}
        <div class="emoji-list" ref={list}>
          {isSearching ? (
            found.length > 0 && grid(written.value, "found", toned(found))
          ) : (
            <>
              {recentEmoji.length > 0 && grid(words.recent, "recent", recentEmoji)}
              {groups.map((emoji, at) => grid(words.groups[at] ?? "", String(at), toned(emoji)))}
            </>
          )}
          <output>{isSearching && found.length === 0 && words.nothing}</output>
        </div>
      </dialog>
    );
  });

  return {
    Picker,
    async prepare() {
      const { lang } = root.host as HTMLElement;
      if (language === lang) return;
      const loaded = await loadEmojiWords(lang);
      language = lang;
      words = loaded;
      groups = groupsOf(loaded);
      all = groups.flat();
    },
  };
}
