// Loaded when an inbox has hours, a form or a queue: their words and views, wired to the chat.
import type { VisitorSocket } from "../../client/visitor-transport.ts";
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
      const place = store.position.value;
      const { availability, usual_reply_seconds } = inbox.value.value ?? {};
      if (!place || availability !== "available") return "";
      const usually = usual_reply_seconds ? ` ${texts.usually(usual_reply_seconds)}.` : "";
      return texts.place(place) + usually;
    },
  };
}
