// The card above the launcher: who is there, and what they offer.
import type { PublicInbox } from "../../protocol/records.ts";
import type { Settings } from "../store/settings.ts";
import { element } from "./dom.ts";
import { initialsOf } from "./initials.ts";
import { launcherTexts as texts } from "./texts-launcher.ts";

const AVATARS_MAX = 3;

export interface GreetingDeps {
  page: Document;
  inbox: PublicInbox;
  settings: Settings;
  onIntent: () => void;
  onOpen: () => void;
  onDismiss: () => void;
}

function avatar(page: Document, name: string, url: string | null): HTMLElement {
  const face = element(page, "span", { class: "avatar", "aria-hidden": "true" }, initialsOf(name));
  if (url) {
    const picture = element(page, "img", { src: url, alt: "", referrerpolicy: "no-referrer" });
    picture.addEventListener("error", () => picture.remove());
    face.append(picture);
  }
  return face;
}

export function createGreeting(deps: GreetingDeps): HTMLElement {
  const { page, inbox, settings, onIntent, onOpen, onDismiss } = deps;
  const showAvatars = settings.host.value.widgetAppearance?.showAgentAvatars ?? true;
  const agents = showAvatars ? inbox.agents.slice(0, AVATARS_MAX) : [];
  return element(
    page,
    "div",
    { class: "greeting" },
    element(
      page,
      "button",
      { type: "button", pointerenter: onIntent, focus: onIntent, click: onOpen },
      ...agents.map((agent) => avatar(page, agent.name, agent.avatar_url)),
      element(page, "b", {}, settings.title.value || texts.greeting),
      settings.introduction.value ?? "",
    ),
    element(page, "button", { type: "button", "aria-label": texts.dismiss, click: onDismiss }, "×"),
  );
}

/** Said where the greeting stands when the second stage did not come. */
export function createLoadFailed(page: Document, onRetry: () => void): HTMLElement {
  return element(
    page,
    "div",
    { class: "greeting notice", role: "alert" },
    texts.loadFailed,
    element(page, "button", { type: "button", click: onRetry }, texts.retry),
  );
}
