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

function avatar({ page }: GreetingDeps, name: string, url: string | null): HTMLElement {
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
      ...agents.map((agent) => avatar(deps, agent.name, agent.avatar_url)),
      element(page, "b", {}, settings.title.value || texts.greeting),
      settings.introduction.value || texts.introduction,
    ),
    element(page, "button", { type: "button", "aria-label": texts.dismiss, click: onDismiss }, "×"),
  );
}
