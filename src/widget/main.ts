// The entry of `widget.js`: reads its own script tag, and puts window.Parlor on the page.
import { signal } from "./signals.ts";
import type { PublicInbox } from "../protocol/records.ts";
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
// Nobody has to guess an event's, so no random bytes of the browser's are woken for it.
const newId = () => String(Math.random()).slice(2);
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
      // Its origin; a URL object is an interface more for the page's browser to make.
      baseUrl: (script?.src || document.baseURI).split("/", 3).join("/"),
      settings,
      chatWindow,
      emit,
      on: events.on,
      inbox,
    }),
});
