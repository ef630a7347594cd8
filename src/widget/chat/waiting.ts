// Loaded when an inbox tells its hours or how soon it answers, or a conversation waits: all of that in words.
import type { VisitorSocket } from "../../client/visitor-transport.ts";
import { QUEUE_TOLD_MAX } from "../../protocol/limits.ts";
import type { Core } from "../core.ts";
import { followQueue } from "../store/queue.ts";
import { presenceInWords } from "../ui/presence.ts";
import { waitingTexts as texts } from "../ui/texts-waiting.ts";
import type { ChatView, Waiting } from "../ui/view.ts";

export function startWaiting(
  { inbox, chatWindow }: Core,
  view: ChatView,
  socket: VisitorSocket,
  stop: AbortSignal,
): Waiting {
  const place = followQueue(view, socket, stop);
  return {
    presence(isShort) {
      // Tomorrow is today when the chat is opened again after midnight.
      void chatWindow.state.value;
      const { value } = inbox.value;
      return value ? presenceInWords(value, view.dates, isShort, Date.now()) : undefined;
    },
    place() {
      const { position, wait_seconds: wait } = place.value ?? {};
      const { availability, usual_reply_seconds: usual } = inbox.value.value ?? {};
      if (!position || availability !== "available") return "";
      const said = position > QUEUE_TOLD_MAX ? texts.placeFar : texts.place(position);
      // As fast as the queue moves now; where it does not move, as fast as usual.
      const time = wait ? texts.wait(wait) : usual ? texts.usually(usual) : "";
      return time ? `${said} ${time}.` : said;
    },
  };
}
