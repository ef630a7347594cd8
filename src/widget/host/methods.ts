// Methods of the host page that few pages call: fetched with the first call of one.
import type { Result } from "../../protocol/result.ts";
import { LOCALE_PATTERN } from "../../protocol/locale-pattern.ts";
import type { PublicAgent, PublicConversation } from "../../protocol/records.ts";
import type { Chat, Core } from "../core.ts";
import type { ThreadKey, View } from "../store/chat-window.ts";
import type { CustomerInfo } from "../store/customer-info.ts";
import { diagnose } from "./diagnose.ts";
import { ParlorError } from "./error.ts";
import type { HostEvents } from "./events.ts";
import { identify, logout } from "./identity.ts";
import { getShareLink, openDeepLink } from "./links.ts";
import { parseSettings } from "./settings.ts";
import type {
  Availability,
  ChatStart,
  ConversationInfo,
  FoundMessage,
  SentMessage,
} from "./answers.ts";

export interface MethodDeps {
  core: Core;
  on: HostEvents["on"];
  /** The second stage, fetched if it is not there. */
  load: () => Promise<ParlorError | undefined>;
  chat: () => Chat | null;
  /** Takes the second stage away; it may be loaded again. */
  reset: () => void;
  /** Puts the chat where it belongs on the page as it is now. */
  attach: () => void;
}

function must<Value>(result: Result<Value>): Value {
  if (result.ok) return result.data;
  throw new ParlorError(result.error.code, result.error.message);
}

function text(value: unknown, name: string): string {
  if (typeof value === "string" && value.trim() !== "") return value;
  throw new ParlorError("invalid", `${name} must be a text that is not empty`);
}

const agentInfo = ({ id, name, avatar_url, availability_status }: PublicAgent) => ({
  id,
  name,
  avatarUrl: avatar_url,
  state: availability_status === "available" ? ("available" as const) : ("unavailable" as const),
});

const conversationInfo = (conversation: PublicConversation): ConversationInfo => ({
  id: conversation.id,
  status: conversation.status,
  unreadCount: conversation.unread_count,
  createdAt: conversation.created_at * 1_000,
  lastActivityAt: conversation.last_activity_at * 1_000,
  lastMessage: conversation.messages.at(-1)?.content ?? null,
  agent: conversation.assignee && {
    id: conversation.assignee.id,
    name: conversation.assignee.name,
    avatarUrl: conversation.assignee.avatar_url,
  },
});

function createMethods({ core, on, load, chat, reset, attach }: MethodDeps) {
  const { chatWindow, customer, settings, inbox, emit } = core;

  async function stores() {
    const failed = await load();
    if (failed) throw failed;
    const running = chat();
    if (!running) throw new ParlorError("destroyed", "the chat was taken off the page");
    return running.stores;
  }

  const links = { core, on, stores };

  function show(view: View): void {
    chatWindow.open("api", view);
    chatWindow.show(view);
  }

  /** The thread on screen, else the newest conversation that is not over, else a new one. */
  async function present(): Promise<ThreadKey> {
    const { conversations, newThreadKey } = await stores();
    const view = chatWindow.view.peek();
    if (view.name === "thread") return view.key;
    await conversations.load();
    return (
      conversations.list.peek().find(({ status }) => status !== "resolved")?.id ?? newThreadKey()
    );
  }

  async function known(id: unknown): Promise<PublicConversation> {
    const { conversations } = await stores();
    if (!conversations.get(Number(id))) await conversations.load();
    const found = conversations.get(Number(id));
    if (!found) {
      const which = id === undefined ? "" : ` ${Number(id)}`;
      throw new ParlorError("not_found", `this visitor has no conversation${which}`);
    }
    return found;
  }

  async function send(key: ThreadKey, content: string): Promise<SentMessage> {
    const { outbox } = await stores();
    return new Promise((resolve, reject) => {
      let own: string | undefined;
      const stop = on(
        "messageSent",
        (event: { detail: { echoId: string; state: string; conversationId: number } }) => {
          const { echoId, state, conversationId } = event.detail;
          if (echoId !== own || state === "queued") return;
          stop();
          if (state === "sent") resolve({ conversationId, echoId });
          else {
            const entry = outbox.entries.peek().find(({ echo_id }) => echo_id === own);
            reject(new ParlorError(entry?.code ?? "invalid", "the server refuses this message"));
          }
        },
      );
      own = outbox.send(key, content, "api");
    });
  }

  const methods = {
    async startChat(given: unknown): Promise<ChatStart> {
      const options = (given ?? {}) as { text?: unknown; send?: unknown; fields?: unknown };
      const said = options.text === undefined ? "" : text(options.text, "text");
      const { parseCustomerInfo } = await import("./customer-info.ts");
      const fields = parseCustomerInfo({ fields: options.fields });
      if (typeof fields === "string") throw new ParlorError("invalid", `${fields} is not valid`);
      const { drafts, newThreadKey } = await stores();
      const key = newThreadKey();
      if (fields.fields) must(await customer.setInfo(fields));
      if (said && !options.send) drafts.prefill(key, said);
      show({ name: "thread", key });
      return said && options.send ? send(key, said) : { conversationId: null, echoId: null };
    },
    async openConversation(id: unknown): Promise<void> {
      show({ name: "thread", key: (await known(id)).id });
    },
    async prefill(said: unknown): Promise<void> {
      const words = text(said, "text");
      const key = await present();
      (await stores()).drafts.prefill(key, words);
      show({ name: "thread", key });
    },
    async sendMessage(input: unknown): Promise<SentMessage> {
      const { text: said, conversation } = (
        typeof input === "object" ? (input ?? {}) : { text: input }
      ) as { text?: unknown; conversation?: unknown };
      const words = text(said, "text");
      return send(
        conversation === undefined ? await present() : (await known(conversation)).id,
        words,
      );
    },
    async endChat(id?: unknown): Promise<ConversationInfo> {
      const { conversations } = await stores();
      const key = id === undefined ? await present() : (await known(id)).id;
      if (typeof key !== "number") throw new ParlorError("not_found", "no conversation is open");
      return conversationInfo(must(await conversations.resolve(key, "api")));
    },
    async requestTranscript(
      options: { conversation?: unknown; email?: unknown; as?: unknown } = {},
    ) {
      const { requestTranscript } = await import("./request-transcript.ts");
      const { conversations } = await stores();
      await conversations.load();
      const view = chatWindow.view.peek();
      const shown = view.name === "thread" && typeof view.key === "number" ? view.key : undefined;
      const id = options.conversation ?? shown ?? conversations.list.peek()[0]?.id;
      return must(await requestTranscript(core, (await known(id)).id, options));
    },
    async listConversations(): Promise<ConversationInfo[]> {
      const { conversations } = await stores();
      await conversations.load();
      const failed = conversations.failure.peek();
      if (failed) throw new ParlorError(failed.code, failed.message);
      return conversations.list.peek().map(conversationInfo);
    },
    async search(words: unknown): Promise<FoundMessage[]> {
      const wanted = text(words, "text");
      if (!customer.contact.peek()) return [];
      const { search } = await stores();
      const found = must(await search(wanted));
      return found.map(({ id, conversation_id, content, created_at }) => ({
        conversationId: conversation_id,
        messageId: id,
        text: content ?? "",
        at: created_at * 1_000,
      }));
    },
    getCustomerInfo: (): CustomerInfo => customer.info.peek(),
    async getAvailability(): Promise<Availability> {
      const loaded = must(await inbox.load());
      const { availability, agents, opening_hours: hours } = loaded;
      const [soonest] = hours?.changes_at ?? [];
      return {
        ...(hours && !hours.is_open && soonest ? { nextOpenAt: soonest * 1_000 } : {}),
        state: availability,
        availableCount: agents.filter((one) => one.availability_status === "available").length,
        agents: agents.map(agentInfo),
      };
    },
    setColorScheme(colorScheme: unknown): void {
      const { patch, refused } = parseSettings({ widgetAppearance: { colorScheme } });
      if (refused.length > 0) throw new ParlorError("invalid", 'must be "light", "dark" or "auto"');
      settings.update(patch);
    },
    setLocale(locale: unknown): void {
      if (!LOCALE_PATTERN.test(String(locale))) {
        throw new ParlorError("invalid", 'locale must be such as "pt-BR", or "auto"');
      }
      settings.update({ locale: String(locale) });
    },
    async page(view: { url?: unknown; title?: unknown } = {}): Promise<void> {
      const { location, document } = core.page;
      const url = text(view.url ?? location.href, "url");
      const title = text(view.title ?? (document.title || location.pathname), "title");
      attach();
      must(await customer.setInfo({ fields: { page_url: url, page_title: title } }));
    },
    async track(name: unknown, data: unknown = null): Promise<void> {
      const field = `event_${text(name, "name")}`;
      must(await customer.setInfo({ fields: { [field]: { at: new Date().toISOString(), data } } }));
    },
    async setConsent(consent: unknown): Promise<void> {
      if (consent !== "granted" && consent !== "pending" && consent !== "denied") {
        throw new ParlorError("invalid", 'consent must be "granted", "pending" or "denied"');
      }
      settings.update({ consent });
      // The first stage has asked for it before, and lets it act first: then what must go is gone.
      await import("../browser/on-page.ts").catch(() => {
        throw new ParlorError("unreachable", "what follows the visitor's decision did not load");
      });
    },
    getShareLink: (options: unknown) => getShareLink(links, options),
    /** Not the page's by itself: part of opening. */
    async showView({ view }: { view?: unknown }): Promise<void> {
      if (view === "thread") chatWindow.show({ name: "thread", key: await present() });
      else if (view === "home") chatWindow.show({ name: "home" });
      else if (view !== undefined) {
        throw new ParlorError("invalid", 'view must be "home" or "thread"');
      }
    },
    /** Not the page's: the address asks for it. */
    openDeepLink: (fragment: unknown) => openDeepLink(links, fragment),
    identify: (proof: unknown): Promise<CustomerInfo> => identify({ core, reset }, proof),
    logout: (): void => logout({ core, reset }),
    diagnose: () => diagnose(core),
    reloadUI(): void {
      const startedAt = performance.now();
      chat()?.reload();
      emit(
        "reloadUI",
        { durationMs: Math.round(performance.now() - startedAt) },
        { source: "api" },
      );
    },
  };
  return methods;
}

/** Does the method of this name. Errors: ParlorError. */
export function callMethod(deps: MethodDeps, name: string, args: unknown[]): unknown {
  const methods: Record<string, (...args: never[]) => unknown> = createMethods(deps);
  return methods[name]?.(...(args as never[]));
}
