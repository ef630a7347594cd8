import { signal } from "../signals.ts";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { aPublicInbox } from "../../client/visitor-fake-records.ts";
import type { PublicInbox } from "../../protocol/records.ts";
import { createChatWindow } from "../store/chat-window.ts";
import { createSettings } from "../store/settings.ts";
import { createGreeting } from "./greeting.ts";
import { mountLauncher } from "./launcher.ts";

afterEach(() => document.body.replaceChildren());

function mount() {
  const inbox = signal<PublicInbox | null>(null);
  const settings = createSettings({ inbox, language: "en" });
  const chatWindow = createChatWindow({ emit: () => undefined, now: () => 0 });
  const unreadCount = signal(0);
  const isShown = signal(true);
  const onIntent = vi.fn<() => void>();
  const stop = mountLauncher(document.body, {
    page: document,
    chatWindow,
    settings,
    unreadCount,
    isShown,
    onIntent,
    onOpen: () => chatWindow.open("launcher"),
  });
  onTestFinished(stop);
  const button = () => document.querySelector("button");
  return { settings, chatWindow, unreadCount, isShown, onIntent, button, stop };
}

describe("the launcher", () => {
  it("opens and closes the chat, and says which it will do", () => {
    const { button, chatWindow } = mount();
    expect(button()?.ariaLabel).toBe("Open chat");
    expect(button()?.ariaExpanded).toBe("false");
    button()?.click();
    expect(chatWindow.openedBy.peek()).toBe("launcher");
    expect(button()?.ariaLabel).toBe("Close chat");
    expect(button()?.ariaExpanded).toBe("true");
    button()?.click();
    expect(chatWindow.state.peek()).toBe("minimized");
  });

  it("counts what is unread, in its badge and in its name", () => {
    const { button, unreadCount } = mount();
    unreadCount.value = 1;
    expect(button()?.ariaLabel).toBe("Open chat, 1 unread message");
    unreadCount.value = 120;
    expect(button()?.ariaLabel).toBe("Open chat, 120 unread messages");
    expect(button()?.textContent).toBe("99+");
    unreadCount.value = 0;
    expect(button()?.textContent).toBe("");
  });

  it("bears the page's own words when it has some", () => {
    const { button, settings } = mount();
    settings.update({ launcherText: "Ask the crew" });
    expect(button()?.textContent).toBe("Ask the crew");
    expect(button()?.ariaLabel).toBe("Ask the crew");
    expect(button()?.classList.contains("pill")).toBe(true);
  });

  it("is drawn anew only where a word or a number of it has changed", () => {
    const { button, settings, unreadCount } = mount();
    const drawn = vi.spyOn(button() as HTMLButtonElement, "replaceChildren");
    settings.update({ greeting: "Ask us" });
    settings.update({ widgetAppearance: { color: "#112233" } });
    expect(drawn).not.toHaveBeenCalled();
    settings.update({ launcherText: "Ask the crew" });
    unreadCount.value = 1;
    unreadCount.value = 0;
    expect(drawn).toHaveBeenCalledTimes(3);
  });

  it.each(["pointerenter", "focus"])("tells of intent once, by %s, before the click", (first) => {
    const { button, onIntent } = mount();
    button()?.dispatchEvent(new Event(first));
    expect(onIntent).toHaveBeenCalledTimes(1);
    button()?.dispatchEvent(new Event("pointerenter"));
    button()?.dispatchEvent(new Event("focus"));
    expect(onIntent).toHaveBeenCalledTimes(1);
  });

  it("leaves the page while it is hidden, and for good when it stops", () => {
    const { button, isShown, stop } = mount();
    isShown.value = false;
    expect(button()).toBeNull();
    isShown.value = true;
    expect(button()).not.toBeNull();
    stop();
    expect(button()).toBeNull();
  });
});

describe("the greeting", () => {
  it("shows the agents and the inbox's words, opens by a click and goes by another", () => {
    const inbox = aPublicInbox({ welcome_title: "Hi", welcome_tagline: "Just ask" });
    const settings = createSettings({ inbox: signal(inbox), language: "en" });
    const onOpen = vi.fn<() => void>();
    const onDismiss = vi.fn<() => void>();
    const onIntent = () => undefined;
    const deps = { page: document, inbox, settings, onIntent, onOpen, onDismiss };
    const card = createGreeting(deps);
    const [open, dismiss] = card.querySelectorAll("button");
    expect(open?.textContent).toBe("ALHiJust ask");
    open?.click();
    expect(onOpen).toHaveBeenCalledOnce();
    expect(dismiss?.getAttribute("aria-label")).toBe("Dismiss");
    dismiss?.click();
    expect(onDismiss).toHaveBeenCalledOnce();
  });
});
