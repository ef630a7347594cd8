// What one person said within one minute.
import { Fragment } from "preact";
import { useEffect } from "preact/hooks";
import type { Sender } from "../../protocol/records.ts";
import type { ShownFile } from "../store/files.ts";
import { Avatar } from "./Avatar.tsx";
import type { MessageGroup, ShownMessage } from "./group-messages.ts";
import { isEmojiOnly } from "./emoji-only.ts";
import { RichText } from "./RichText.tsx";
import { texts } from "./texts.ts";
import { tracked } from "./tracked.ts";
import type { ChatView } from "./view.ts";
import { namesOf } from "./words.ts";

interface GroupProps {
  view: ChatView;
  group: MessageGroup;
  /** The visitor's latest: the one whose fate is told. */
  isLast: boolean;
}

const Failed = tracked(function Failed({
  view,
  message,
}: {
  view: ChatView;
  message: ShownMessage;
}) {
  const { entry } = message;
  if (!entry) return null;
  const { echo_id, code, field } = entry;
  const Gone = field === "attachments" && view.files.value?.Gone;
  return (
    <span class="failed">
      {texts.notSent}{" "}
      {Gone ? (
        <Gone entry={entry} outbox={view.outbox} />
      ) : (
        <>
          {code && texts.failure(code)}{" "}
          <button type="button" class="link" onClick={() => view.outbox.retry(echo_id)}>
            {texts.retry}
          </button>
        </>
      )}{" "}
      <button type="button" class="link" onClick={() => view.outbox.discard(echo_id)}>
        {texts.discard}
      </button>
    </span>
  );
});

/** By their names, until what draws them is there. */
const Files = tracked(function Files({ view, files }: { view: ChatView; files: ShownFile[] }) {
  const Shown = view.files.value?.Shown;
  useEffect(() => void view.loadFiles(), [view]);
  return Shown ? <Shown files={files} /> : <div class="bubble">{namesOf(files)}</div>;
});

export const Group = tracked(function Group({ view, group, isLast }: GroupProps) {
  const { isOwn, sender, messages } = group;
  const Rich = view.rich.value;
  const name = isOwn ? texts.you : (sender?.name ?? texts.team);
  const last = messages.at(-1);
  if (!last) return null;
  const state = last.state === "failed" ? undefined : isLast || last.state === "sending";
  return (
    <div class={isOwn ? "group own" : "group"}>
      {!isOwn && <Avatar view={view} name={name} url={sender?.avatar_url} />}
      <div class="said">
        <p class={isOwn ? "hidden" : "by"} dir="auto">
          {name}
        </p>
        {messages.map((message) => (
          <Fragment key={message.key}>
            {message.rich?.content_type !== "input_csat" && message.text !== "" && (
              <div
                class={`bubble ${message.state}${message.isFound ? " found" : ""}${message.tree ? " rich" : isEmojiOnly(message.text) ? " emoji" : ""}`}
                dir="auto"
              >
                {message.tree ? <RichText tree={message.tree} /> : message.text}
              </div>
            )}
            {message.rich && (Rich ? <Rich message={message.rich} /> : <p class="wait" />)}
            {message.files.length > 0 && <Files view={view} files={message.files} />}
          </Fragment>
        ))}
        <p class="meta">
          {last.state === "failed" ? (
            <Failed view={view} message={last} />
          ) : (
            <>
              <time>{view.dates.time(messages[0]?.at ?? last.at)}</time>
              {isOwn && state && ` · ${texts[last.state]}`}
            </>
          )}
        </p>
      </div>
    </div>
  );
});

export const Typing = tracked(function Typing({
  view,
  sender,
}: {
  view: ChatView;
  sender: Sender;
}) {
  return (
    <div class="group">
      <Avatar view={view} name={sender.name} url={sender.avatar_url} />
      <div class="bubble dots">
        <span class="hidden">{texts.isTyping(sender.name)}</span>
        <i />
        <i />
        <i />
      </div>
    </div>
  );
});
