// The entry of `widget.js`: reads its own script tag, and puts window.Parlor on the page.
import { signal } from "./signals.ts";
import type { PublicInbox } from "../protocol/records.ts";
import { newId } from "./browser/new-id.ts";
import { createHostEvents } from "./host/events.ts";
import { installParlor } from "./host/install.ts";
import { startWidget } from "./start.ts";
import { createChatWindow } from "./store/chat-window.ts";
import { createSettings } from "./store/settings.ts";
import { speech } from "./ui/spoken.ts";

const page = window;
const { document } = page;
const report = (error: unknown) => page.reportError(error);
// Only a classic script has a current one; a development server serves a module.
const script =
  (document.currentScript as HTMLScriptElement | null) ??
  document.querySelector<HTMLScriptElement>("script[data-inbox]");
const inbox = signal<PublicInbox | null>(null);
const events = createHostEvents({ target: page, now: Date.now, newId, report });
const { emit } = events;
const settings = createSettings({
  inbox,
  language: document.documentElement.lang || page.navigator.language,
});
const chatWindow = createChatWindow({ emit, now: () => performance.now() });

speech.language = signal(null);

installParlor(page, script, {
  events,
  settings,
  chatWindow,
  report,
  start: (id, onReady) =>
    startWidget(id, onReady, {
      page,
      baseUrl: new URL(script?.src || document.baseURI).origin,
      settings,
      chatWindow,
      emit,
      on: events.on,
      inbox,
    }),
});
