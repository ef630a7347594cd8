// Loaded when an inbox has hours, a form or a queue: their words and views, wired to the chat.
import type { VisitorSocket } from "../../client/visitor-transport.ts";
import { QUEUE_TOLD_MAX } from "../../protocol/limits.ts";
import type { Core } from "../core.ts";
import { createBeforeChat } from "../store/before-chat.ts";
import css from "../ui/before-chat.css?inline";
import { createPreChatForm } from "../ui/PreChatForm.tsx";
import { presenceInWords } from "../ui/presence.ts";
import { beforeChatTexts as texts } from "../ui/texts-before-chat.ts";
import type { BeforeChat, ChatView } from "../ui/view.ts";

export function startBeforeChat(deps: {
  core: Core;
  view: ChatView;
  socket: VisitorSocket;
  stop: AbortSignal;
}): BeforeChat {
  const { core, view, socket, stop } = deps;
  const { customer, storage, emit, inbox } = core;
  const store = createBeforeChat({ stores: view, socket, customer, storage, emit, stop });
  core.addStyle(css);
  return {
    asks: store.asks,
    Form: createPreChatForm(store, view),
    presence(isShort) {
      // Tomorrow is today when the chat is opened again after midnight.
      void core.chatWindow.state.value;
      const { value } = inbox.value;
      return value ? presenceInWords(value, view.dates, isShort, Date.now()) : undefined;
    },
    waiting() {
      const { position, wait_seconds: wait } = store.place.value ?? {};
      const { availability, usual_reply_seconds: usual } = inbox.value.value ?? {};
      if (!position || availability !== "available") return "";
      const place = position > QUEUE_TOLD_MAX ? texts.placeFar : texts.place(position);
      // As fast as the queue moves now; where it does not move, as fast as usual.
      const time = wait ? texts.wait(wait) : usual ? texts.usually(usual) : "";
      return time ? `${place} ${time}.` : place;
    },
  };
}
