// The form before a chat, wired to it. Loaded when the inbox has one.
import type { Core } from "../core.ts";
import { createPreChat } from "../store/pre-chat.ts";
import css from "../ui/pre-chat.css?inline";
import { createPreChatForm } from "../ui/PreChatForm.tsx";
import type { ChatView, PreChat } from "../ui/view.ts";

export function startPreChat(core: Core, view: ChatView, stop: AbortSignal): PreChat {
  const { customer, storage, emit } = core;
  const store = createPreChat({ stores: view, customer, storage, emit, stop });
  core.addStyle(css);
  return { asks: store.asks, Form: createPreChatForm(store, view) };
}
