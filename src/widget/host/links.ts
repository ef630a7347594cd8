// Share links, made and followed. Following one shows and prepares; it never sends.
import { chatPagePath, conversationLinkPath, openLinkPath } from "../../protocol/paths-of-links.ts";
import type { ConversationLink } from "../../protocol/records.ts";
import { failure } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { Core } from "../core.ts";
import type { ChatStores } from "../store/chat.ts";
import type { View } from "../store/chat-window.ts";
import type { WishPrefix } from "../store/storage.ts";
import { ParlorError } from "./error.ts";
import type { HostEvents } from "./events.ts";
import type { ShareLinkOptions } from "./answers.ts";

export interface LinkDeps {
  core: Core;
  on: HostEvents["on"];
  stores: () => Promise<ChatStores>;
}

/** What fits into an address that others pass on. */
const TEXT_MAX_LENGTH = 2_000;

const wishPrefix: WishPrefix = "wish:";

const invalid = (what: string) => new ParlorError("invalid", what);
const isId = (value: unknown) => Number.isSafeInteger(value) && Number(value) > 0;

/** The inbox as its script tag names it. Errors: as of the server's description of it. */
async function tokenOf({ inbox }: Core): Promise<string> {
  const known = inbox.value.peek();
  if (known) return known.identifier;
  const result = await inbox.load();
  if (!result.ok) throw new ParlorError(result.error.code, result.error.message);
  return result.data.identifier;
}

/**
 * The address of the hosted page, which may ask for a team or an agent and hold a text; or of this page, where it
 * leads back to a conversation. What it says stands behind the `#`, which browsers send to nobody.
 */
export async function getShareLink({ core }: LinkDeps, given: unknown): Promise<string> {
  const { conversation, text, team, agentId } = (given ?? {}) as ShareLinkOptions;
  const token = await tokenOf(core);
  if (text !== undefined && typeof text !== "string") throw invalid("text must be a text");
  for (const [name, id] of Object.entries({ conversation, team, agentId })) {
    if (id !== undefined && !isId(id)) throw invalid(`${name} must be a number of one`);
  }
  if (conversation !== undefined) {
    const source = core.customer.contact.peek()?.source_id;
    const result: Result<ConversationLink> =
      source === undefined
        ? failure("not_found", "this visitor has no conversation")
        : await core.rest.post(conversationLinkPath(token, source, conversation), {});
    if (!result.ok) throw new ParlorError(result.error.code, result.error.message);
    const { origin, pathname, search } = core.page.location;
    return `${origin}${pathname}${search}#chat/open?link=${result.data.link}`;
  }
  if (core.inbox.value.peek()?.settings.chatPage?.enabled === false) {
    throw new ParlorError("not_found", "this inbox has no page of its own");
  }
  const said = Object.entries({ text, team, agent: agentId }).filter(([, value]) => value);
  const query = new URLSearchParams(said.map(([name, value]) => [name, String(value)]));
  const fragment = said.length > 0 ? `#chat/new?${query.toString()}` : "";
  return core.baseUrl + chatPagePath(token) + fragment;
}

/** Nothing invisible, and nothing that makes it read otherwise than it is sent. */
const readable = (text: string) =>
  text
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (one) => (one === "\n" ? one : ""))
    .slice(0, TEXT_MAX_LENGTH);

/** Takes the fragment off the address, where the page has put nothing else since; no history entry is made. */
function cleanAddress({ page }: Core, fragment: string): void {
  const { location, history } = page;
  if (location.hash !== fragment) return;
  try {
    history.replaceState(history.state, "", location.pathname + location.search);
  } catch {
    // A sandboxed frame may not: the address stays as it is.
  }
}

/** Shows the conversation if it is this visitor's; a website may only just be proving who he is. */
async function openLink({ core, on }: LinkDeps, link: string): Promise<void> {
  const { chatWindow, customer, rest, emit } = core;
  async function attempt(): Promise<Result<unknown>> {
    const source = customer.contact.peek()?.source_id;
    const result: Result<{ id: number }> = source
      ? await rest.post(openLinkPath(await tokenOf(core), source), { link })
      : failure("not_found", "this link leads to no conversation of this visitor");
    // Meanwhile he may have gone elsewhere.
    const isWaiting =
      chatWindow.state.peek() === "maximized" && chatWindow.view.peek().name === "home";
    if (result.ok && isWaiting) chatWindow.show({ name: "thread", key: result.data.id });
    return result;
  }
  const result = await attempt();
  if (result.ok) return;
  const { code, message } = result.error;
  emit("error", { code, message }, { source: "visitor" });
  on("identityChange", () => void attempt(), { once: true, replay: false });
}

/** Does what a fragment asks for: `#chat`, `#chat/new?text=…&team=…&agent=…`, `#chat/open?link=…`. */
export async function openDeepLink(deps: LinkDeps, given: unknown): Promise<void> {
  const { core } = deps;
  const { chatWindow, storage } = core;
  const fragment = String(given);
  const [, action, query] = /^#chat\/?([^?]*)\??(.*)$/s.exec(fragment) ?? [];
  const said = new URLSearchParams(query);
  cleanAddress(core, fragment);
  const open = (view: View) => {
    chatWindow.open("deepLink", view);
    chatWindow.show(view);
  };
  if (action === "new") {
    const { drafts, newThreadKey } = await deps.stores();
    const key = newThreadKey();
    const wishes = { team_id: Number(said.get("team")), assignee_id: Number(said.get("agent")) };
    const kept = Object.entries(wishes).filter(([, id]) => isId(id));
    if (kept.length > 0) storage.set(wishPrefix + key, JSON.stringify(Object.fromEntries(kept)));
    const text = readable(said.get("text") ?? "");
    // What the visitor has begun to write is worth more than what a link brings.
    if (text && !drafts.get(key)) drafts.prefill(key, text);
    open({ name: "thread", key });
  } else if (action === "open") {
    open({ name: "home" });
    await openLink(deps, said.get("link") ?? "");
  } else chatWindow.open("deepLink");
}
