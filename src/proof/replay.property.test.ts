// The proof that nothing is missed: whatever people and networks do, what the widget and the desk hold in
// the end is what the server would tell them anew. The widget is two tabs on one line. REPLAY_SEED,
// REPLAY_PATH (as a failure tells them) and REPLAY_SECONDS ask for others, and more.
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import type { Conversation, Message, PublicConversation } from "../protocol/records.ts";
import type { PublicInbox } from "../protocol/records.ts";
import { MESSAGES_PAGE_SIZE } from "../protocol/limits.ts";
import { publicPaths } from "../protocol/paths.ts";
import { call } from "../server/test-kit/call.ts";
import { openTestApp } from "../server/test-kit/app.ts";
import type { TestApp } from "../server/test-kit/app.ts";
import { openWorld, restore, steps } from "./operations.ts";
import type { Step, World } from "./operations.ts";

/** So many sequences at least, however slow the machine is. */
const RUNS = 12;

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ limits: { commandsPerSecond: 1_000 } });
});
afterAll(() => app.close());

/** What a contact has sent is from the conversation's contact, under the present name. */
function withContact(messages: readonly Message[], contact: { id: number; name: string | null }) {
  return messages.map((message) =>
    message.sender?.type === "contact"
      ? { ...message, sender: { ...message.sender, id: contact.id, name: contact.name ?? "" } }
      : message,
  );
}

/** A visitor is not told of notes and lines: his number may lag behind, nothing else. */
function asSeen({ seq: _seq, ...conversation }: PublicConversation) {
  return { ...conversation, messages: withContact(conversation.messages, conversation.contact) };
}

type Ask = World["work"];

async function everyMessage(ask: Ask, path: string): Promise<Message[]> {
  const messages: Message[] = [];
  for (;;) {
    const before = messages[0] ? `?before=${messages[0].id}` : "";
    const page = (await ask("GET", `${path}/messages${before}`)).body as Message[];
    messages.unshift(...page);
    if (page.length < MESSAGES_PAGE_SIZE) return messages;
  }
}

async function told({ id, path, work, visit, visitor }: World) {
  const [seen, messages, known, thread, inbox] = await Promise.all([
    visit("GET", path),
    everyMessage(visit, path),
    work("GET", path),
    everyMessage(work, path),
    call("GET", `${app.url}${publicPaths.inbox(visitor.inbox.token)}`),
  ]);
  const conversation = seen.body as PublicConversation;
  const record = known.body as Conversation;
  const { availability, agents } = inbox.body as PublicInbox;
  const widget = {
    conversation: asSeen({ ...conversation, messages: conversation.messages.slice(-1) }),
    messages,
    unread: conversation.unread_count > 0 ? { [id]: conversation.unread_count } : {},
    inbox: { availability, agents },
    waiting: [],
  };
  // By itself it tells its latest page; the desk keeps the last that is no quiet line, as lists do.
  const last = record.messages.findLast(({ message_type }) => message_type !== "activity");
  return {
    tabs: [widget, widget],
    desk: { record: { ...record, messages: last ? [last] : [] }, messages: thread, waiting: [] },
  };
}

function heldIn({ id, widget }: World, tab: 0 | 1) {
  const { conversations, thread, inbox, outbox } = widget.tabs[tab];
  const conversation = conversations.get(id);
  const { availability, agents } = inbox.value.peek() ?? {};
  return {
    conversation: conversation && asSeen(conversation),
    messages:
      conversation && withContact(thread.peek()?.messages.peek() ?? [], conversation.contact),
    unread: conversations.unreadByConversation.peek(),
    inbox: { availability, agents },
    waiting: outbox.entries.peek(),
  };
}

function held(world: World) {
  const { id, desk } = world;
  const record = desk.records.all.peek().get(id);
  return {
    tabs: [heldIn(world, 0), heldIn(world, 1)],
    desk: {
      record: record && { ...record, messages: withContact(record.messages, record.meta.sender) },
      messages:
        record && withContact(desk.thread.peek()?.messages.peek() ?? [], record.meta.sender),
      waiting: desk.outbox.entries.peek(),
    },
  };
}

async function loadOlder({ widget, desk }: World): Promise<void> {
  for (const thread of [...widget.tabs.map((tab) => tab.thread.peek()), desk.thread.peek()]) {
    while (thread?.hasOlder.peek()) await thread.loadOlder();
  }
}

async function expectSame(world: World): Promise<void> {
  await expect
    .poll(
      async () => {
        await loadOlder(world);
        const [fresh, kept] = [await told(world), held(world)];
        return { fresh, kept };
      },
      { timeout: 20_000, interval: 15 },
    )
    .toSatisfy(({ fresh, kept }) => {
      expect(kept).toEqual(fresh);
      return true;
    });
}

it("events and what follows a gap, applied to the old state, equal a fresh fetch on both sides", async () => {
  let running: Promise<void> | undefined;
  const play = async (chosen: Step[]): Promise<void> => {
    const world = await openWorld(app);
    try {
      await expectSame(world);
      for (const { act } of chosen) await act(world);
      for (const name of ["widget", "desk"] as const) restore(world, name);
      await expectSame(world);
    } finally {
      await world.stop();
    }
  };
  const sequence = fc.asyncProperty(steps, (chosen) => (running = play(chosen)));
  // The one that was under way when the time was up.
  onTestFinished(() => running?.catch(() => undefined));
  const { REPLAY_SEED = 1, REPLAY_PATH, REPLAY_SECONDS } = process.env;
  await fc.assert(sequence, {
    seed: Number(REPLAY_SEED),
    ...(REPLAY_PATH === undefined ? {} : { path: REPLAY_PATH }),
    ...(REPLAY_SECONDS === undefined
      ? { numRuns: RUNS }
      : { numRuns: 100_000, interruptAfterTimeLimit: Number(REPLAY_SECONDS) * 1_000 }),
    reporter(run) {
      if (run.failed) throw new Error(fc.defaultReportMessage(run), { cause: run.errorInstance });
      expect(run.numRuns).toBeGreaterThanOrEqual(RUNS);
    },
  });
}, 600_000);
