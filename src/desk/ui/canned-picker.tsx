// The canned responses above the composer: `/` opens them, arrows choose, Enter puts one into the text.
/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-element-to-interactive-role,
   jsx-a11y/click-events-have-key-events --
   A list of options beside a text field that keeps the focus and the keys: HTML has none. */
import { useSignal } from "@preact/signals";
import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";
import type { CannedResponse } from "../../protocol/records-administration.ts";
import { cannedQueryOf, matchCanned } from "./canned-responses.ts";
import { useWorkspace } from "./desk-context.ts";
import { cannedCountText, workspaceTexts as texts } from "./texts-workspace.ts";

interface Options {
  field: RefObject<HTMLTextAreaElement | null>;
  text: string;
  change: (text: string) => void;
}

interface CannedPicker {
  /** What the field says of the list to who cannot see it. */
  fieldProps: {
    "aria-autocomplete"?: "list";
    "aria-controls"?: string;
    "aria-activedescendant"?: string;
  };
  /** True when the key was for the list. */
  takeKey: (event: KeyboardEvent) => boolean;
  /** The caret may have moved. */
  look: () => void;
  list: ComponentChildren;
}

export function useCannedPicker({ field, text, change }: Options): CannedPicker {
  const { accountLists } = useWorkspace();
  const caret = useSignal<number | null>(null);
  const chosen = useSignal(0);
  /** The text whose list was sent away. */
  const dismissed = useSignal<string | null>(null);
  const nextCaret = useRef<number | null>(null);
  const listId = useId();
  const all = accountLists.cannedResponses.value;

  const isDismissed = dismissed.value === text;
  const query = caret.value === null || isDismissed ? null : cannedQueryOf(text, caret.value);
  const found = query ? matchCanned(all, query.words) : [];
  const at = Math.min(chosen.value, found.length - 1);
  const isOpen = found.length > 0;
  const optionId = (response: CannedResponse) => `${listId}-${response.id}`;

  // Once the text with the response is in the field, the caret goes behind it.
  useLayoutEffect(() => {
    const to = nextCaret.current;
    if (to === null) return;
    nextCaret.current = null;
    field.current?.focus();
    field.current?.setSelectionRange(to, to);
  }, [text]);

  function pick(response: CannedResponse | undefined): void {
    if (!query || !response) return;
    const next = text.slice(0, query.from) + response.content + text.slice(query.to);
    nextCaret.current = query.from + response.content.length;
    caret.value = null;
    change(next);
  }

  function takeKey(event: KeyboardEvent): boolean {
    if (!isOpen || event.isComposing) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) chosen.value = (at + step + found.length) % found.length;
    else if (event.key === "Escape") dismissed.value = text;
    else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey) pick(found[at]);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  return {
    fieldProps: isOpen
      ? {
          "aria-autocomplete": "list",
          "aria-controls": listId,
          ...(found[at] ? { "aria-activedescendant": optionId(found[at]) } : {}),
        }
      : { "aria-autocomplete": "list" },
    takeKey,
    look() {
      const element = field.current;
      const isCaret = element && element.selectionStart === element.selectionEnd;
      const next = isCaret && document.activeElement === element ? element.selectionStart : null;
      if (next !== caret.peek()) chosen.value = 0;
      caret.value = next;
    },
    list: (
      <>
        <output class="visually-hidden">{isOpen ? cannedCountText(found.length) : ""}</output>
        {isOpen && (
          <List
            id={listId}
            found={found}
            at={at}
            optionId={optionId}
            onPick={pick}
            onPoint={(index) => (chosen.value = index)}
          />
        )}
      </>
    ),
  };
}

interface ListProps {
  id: string;
  found: readonly CannedResponse[];
  at: number;
  optionId: (response: CannedResponse) => string;
  onPick: (response: CannedResponse) => void;
  onPoint: (index: number) => void;
}

function List({ id, found, at, optionId, onPick, onPoint }: ListProps) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView?.({ block: "nearest" });
  }, [at]);
  return (
    <ul ref={list} id={id} class="canned-list" role="listbox" aria-label={texts.cannedResponses}>
      {found.map((response, index) => (
        <li
          key={response.id}
          id={optionId(response)}
          role="option"
          aria-selected={index === at}
          class="canned-item"
          // The field keeps the focus, and with it the phone its keyboard.
          onPointerDown={(event) => event.preventDefault()}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(response)}
          onPointerMove={() => onPoint(index)}
        >
          <span class="canned-code" dir="auto">
            /{response.short_code}
          </span>
          <span class="canned-content quiet" dir="auto">
            {response.content}
          </span>
        </li>
      ))}
    </ul>
  );
}
