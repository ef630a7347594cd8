// What the menu of a conversation offers: fetched when it is opened first.
import type { FunctionComponent } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { PublicConversation } from "../../../protocol/records.ts";
import type { Result } from "../../../protocol/result.ts";
import type { AlertKey } from "../../browser/alerts.ts";
import type { Core } from "../../core.ts";
import { tracked, useSignal } from "../tracked.ts";
import type { ChatView } from "../view.ts";
import css from "./menu.css?inline";
import { menuTexts } from "./texts-menu.ts";
import type { TranscriptFormat } from "../../browser/transcript.ts";

const SOUND_KEY: AlertKey = "sound";
const NOTIFY_KEY: AlertKey = "notify";

export interface MenuItemsProps {
  view: ChatView;
  conversation: PublicConversation;
  onClose: () => void;
}

/** Closes it when somebody looks or goes elsewhere, or says Escape. */
function useClosing(onClose: () => void) {
  const items = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const menu = items.current?.parentElement;
    const root = menu?.getRootNode();
    const leave = (event: Event) => {
      if (!menu?.contains(event.target as Node)) onClose();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      onClose();
      menu?.querySelector("button")?.focus();
    };
    menu?.addEventListener("keydown", onKey);
    root?.addEventListener("pointerdown", leave);
    root?.addEventListener("focusin", leave);
    return () => {
      menu?.removeEventListener("keydown", onKey);
      root?.removeEventListener("pointerdown", leave);
      root?.removeEventListener("focusin", leave);
    };
  }, []);
  return items;
}

interface SwitchProps {
  label: string;
  isOn: boolean;
  onToggle: () => void;
}

const Switch = ({ label, isOn, onToggle }: SwitchProps) => (
  <button type="button" aria-pressed={isOn} onClick={onToggle}>
    {label}
  </button>
);

type Page = Window & typeof globalThis;

const Alerts = tracked(function Alerts({ core }: { core: Core }) {
  const page = core.page as Page;
  const isLoud = useSignal(core.storage.get(SOUND_KEY) === "1");
  const permission = () => (page.Notification as typeof Notification | undefined)?.permission;
  const isTold = useSignal(core.storage.get(NOTIFY_KEY) === "1" && permission() === "granted");
  const isBlocked = useSignal(false);

  function toggleSound(): void {
    isLoud.value = !isLoud.value;
    if (!isLoud.value) return core.storage.remove(SOUND_KEY);
    core.storage.set(SOUND_KEY, "1");
    void import("../../browser/sound.ts")
      .then(({ playSound }) => playSound(page))
      .catch(() => undefined);
  }
  async function toggleNotifications(): Promise<void> {
    if (isTold.value) {
      isTold.value = false;
      return core.storage.remove(NOTIFY_KEY);
    }
    const answer = await page.Notification.requestPermission();
    isBlocked.value = answer === "denied";
    if (answer !== "granted") return;
    isTold.value = true;
    core.storage.set(NOTIFY_KEY, "1");
  }
  return (
    <>
      {core.settings.isOn("sound") && (
        <Switch label={menuTexts.sound} isOn={isLoud.value} onToggle={toggleSound} />
      )}
      {permission() !== undefined && (
        <Switch
          label={menuTexts.notifications}
          isOn={isTold.value}
          onToggle={() => void toggleNotifications()}
        />
      )}
      <output>{isBlocked.value && menuTexts.notificationsBlocked}</output>
    </>
  );
});

const Transcript = tracked(function Transcript({ core, id }: { core: Core; id: number }) {
  const told = useSignal("");
  const isAsking = useSignal(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), [isAsking.value]);

  function tell<Value>(result: Result<Value>, say: (value: Value) => string): void {
    told.value = result.ok
      ? say(result.data)
      : (menuTexts.failures[result.error.code] ?? menuTexts.failed);
  }
  const fail = () => (told.value = menuTexts.failed);
  async function save(format: TranscriptFormat): Promise<void> {
    const { saveTranscript } = await import("../../browser/transcript.ts");
    tell(await saveTranscript(core, id, format), () => menuTexts.saved);
  }
  async function send(email?: string): Promise<void> {
    const { sendTranscript } = await import("../../browser/transcript.ts");
    const result = await sendTranscript(core, id, email);
    tell(result, (sent) => menuTexts.sentTo(sent.email));
    if (result.ok) isAsking.value = false;
  }
  return (
    <>
      <button type="button" onClick={() => void save("text").catch(fail)}>
        {menuTexts.saveText}
      </button>
      <button type="button" onClick={() => void save("html").catch(fail)}>
        {menuTexts.savePage}
      </button>
      {core.inbox.value.value?.transcript_by_email &&
        (isAsking.value ? (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void send(field.current?.value).catch(fail);
            }}
          >
            <label>
              {menuTexts.emailLabel}
              <input ref={field} type="email" autocomplete="email" required />
            </label>
            <button type="submit">{menuTexts.send}</button>
          </form>
        ) : (
          <button
            type="button"
            onClick={() => {
              if (core.customer.contact.peek()?.email) void send().catch(fail);
              else isAsking.value = true;
            }}
          >
            {menuTexts.sendTranscript}
          </button>
        ))}
      <output>{told.value}</output>
    </>
  );
});

/** The menu's items, with their style. */
export function createMenuItems(core: Core): FunctionComponent<MenuItemsProps> {
  core.addStyle(css);
  return tracked(function MenuItems({ view, conversation, onClose }: MenuItemsProps) {
    const items = useClosing(onClose);
    const { settings } = core;
    return (
      <div class="items" ref={items}>
        <Alerts core={core} />
        {settings.isOn("transcript") && <Transcript core={core} id={conversation.id} />}
        {settings.isOn("endChat") && conversation.status !== "resolved" && (
          <button
            type="button"
            onClick={() => {
              onClose();
              void view.conversations.resolve(conversation.id);
            }}
          >
            {menuTexts.endChat}
          </button>
        )}
      </div>
    );
  });
}
