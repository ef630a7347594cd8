// What visitors, agents and networks do, one random step after another.
import { eq } from "drizzle-orm";
import * as fc from "fast-check";
import type { Upload } from "../protocol/records-attachments.ts";
import type { Message } from "../protocol/records.ts";
import { messages } from "../server/database/message-tables.ts";
import type { TestApp } from "../server/test-kit/app.ts";
import { aForm } from "../server/attachments/test-files.ts";
import { asAgent, asVisitor } from "../server/test-kit/call.ts";
import { openDesk, openWidget } from "./sides.ts";

/** A conversation with a question to answer, its visitor's browser and an agent's desk. */
export async function openWorld(app: TestApp) {
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account);
  const agent = await app.build.anAgent(account, { inboxes: [inbox], autoOffline: false });
  const visitor = await app.build.aVisitor(inbox, { name: "Vera" });
  const [work, visit] = [asAgent(app.url, agent), asVisitor(app.url, visitor)];
  const { id } = (await visit("POST", "/conversations")).body as { id: number };
  const path = `/conversations/${id}`;
  const survey = await work("POST", `${path}/messages`, { body: { content: "How was it?" } });
  await app.db
    .update(messages)
    .set({ content_type: "input_csat" })
    .where(eq(messages.id, survey.body.id as number));
  const [widget, desk] = await Promise.all([
    openWidget(app, visitor, id),
    openDesk(app, agent, id),
  ]);
  const messagesOf = async () => (await work("GET", `${path}/messages`)).body as Message[];
  return {
    id,
    path,
    agent,
    visitor,
    work,
    visit,
    widget,
    desk,
    messagesOf,
    surveyId: survey.body.id as number,
    stop: async () => void (await Promise.all([widget.stop(), desk.stop()])),
  };
}

export type World = Awaited<ReturnType<typeof openWorld>>;

export interface Step {
  /** What goes by REST is awaited; what goes through a store may wait for a network that is away. */
  act: (world: World) => Promise<unknown> | void;
  /** For the report of a sequence that fails. */
  toString(): string;
}

const step = (name: string, act: Step["act"]): Step => ({ act, toString: () => name });
/** Asks a store, as a view does: without waiting for the answer. */
const ask = (name: string, act: (world: World) => unknown): Step =>
  step(name, (world) => void act(world));

const text = fc.constantFrom("Hello", "**bold** and `code`", "<b>no</b>", "\u202Eolleh", "😀");

async function remove({ work, path, messagesOf }: World, at: number): Promise<void> {
  const written = (await messagesOf()).filter(({ sender }) => sender !== null);
  const chosen = written[at % written.length];
  if (chosen) await work("DELETE", `${path}/messages/${chosen.id}`);
}

/** Uploads by a network that is well: what happens to uploads themselves is tested elsewhere. */
async function sendFile({ visit, widget, id }: World, tab: 0 | 1): Promise<void> {
  const body = aForm([{ name: "note.txt", bytes: "a note" }]);
  const upload = await visit("POST", "/attachments", { body });
  widget.tabs[tab].outbox.send(id, "With a file", "visitor", [upload.body as Upload]);
}

const inTab = fc.constantFrom(0 as const, 1 as const);

const ofVisitor = fc.oneof(
  fc
    .tuple(inTab, text)
    .map(([tab, said]) =>
      ask(`visitor says ${said} in tab ${tab}`, ({ widget, id }) =>
        widget.tabs[tab].outbox.send(id, said),
      ),
    ),
  inTab.map((tab) => step(`visitor sends a file in tab ${tab}`, (world) => sendFile(world, tab))),
  inTab.map((tab) =>
    ask(`visitor reads in tab ${tab}`, ({ widget, id }) => {
      const { conversations, thread } = widget.tabs[tab];
      conversations.see(id, thread.peek()?.messages.peek().at(-1)?.seq ?? 0);
    }),
  ),
  inTab.map((tab) =>
    ask(`visitor ends it in tab ${tab}`, ({ widget, id }) =>
      widget.tabs[tab].conversations.resolve(id),
    ),
  ),
  fc.integer({ min: 1, max: 5 }).map((rating) =>
    step(`visitor rates ${rating}`, ({ visit, path, surveyId }) =>
      visit("PATCH", `${path}/messages/${surveyId}`, {
        body: { submitted_values: { csat_survey_response: { rating } } },
      }),
    ),
  ),
);

const post = (name: string, below: string, body: object) =>
  step(name, ({ work, path }) => work("POST", path + below, { body }));

const ofAgent = fc.oneof(
  text.map((content) =>
    ask(`agent says ${content}`, ({ desk, id: conversationId }) =>
      desk.outbox.send({ conversationId, content, isPrivate: false }),
    ),
  ),
  text.map((content) =>
    ask(`agent notes ${content}`, ({ desk, id: conversationId }) =>
      desk.outbox.send({ conversationId, content, isPrivate: true }),
    ),
  ),
  fc.nat(20).map((at) => step(`agent deletes message ${at}`, (world) => remove(world, at))),
  fc.constant(
    ask("agent takes it", ({ desk, id }) =>
      desk.actions.assign(id, desk.agents.all.peek()[0] ?? null),
    ),
  ),
  fc.constant(ask("agent gives it back", ({ desk, id }) => desk.actions.assign(id, null))),
  fc
    .subarray(["a", "b", "c"])
    .map((labels) => post(`labels are ${labels.join()}`, "/labels", { labels })),
  fc.constant(ask("agent resolves", ({ desk, id }) => desk.actions.resolve(id))),
  fc.constant(ask("agent opens", ({ desk, id }) => desk.actions.reopen(id))),
  fc.option(fc.integer({ min: 1, max: 9 })).map((hours) =>
    ask(`agent snoozes for ${hours ?? "ever"}`, ({ desk, id }) =>
      desk.actions.snooze(id, {
        untilMs: hours && Date.now() + hours * 3_600_000,
        note: "",
        ownerIds: [],
      }),
    ),
  ),
  fc.constant(post("agent reads", "/update_last_seen", {})),
  fc
    .constantFrom("urgent", "low", null)
    .map((priority) => post(`priority is ${priority}`, "/toggle_priority", { priority })),
  fc
    .constantFrom("Vera", "Vera Vogel")
    .map((name) =>
      step(`contact is called ${name}`, ({ work, visitor }) =>
        work("PUT", `/contacts/${visitor.id}`, { body: { name } }),
      ),
    ),
  fc
    .constantFrom("available" as const, "busy" as const, "offline" as const)
    .map((availability) =>
      step(`agent is ${availability}`, ({ work, agent }) =>
        work("PUT", `/agents/${agent.id}`, { body: { availability } }),
      ),
    ),
);

const side = fc.constantFrom("widget" as const, "desk" as const);

const ofNetwork = fc.oneof(
  side.map((name) => ask(`${name} is cut off`, (world) => world[name].network.cut())),
  side.map((name) =>
    ask(`${name} hears nothing`, (world) => world[name].network.swallow("toClient")),
  ),
  side.map((name) =>
    ask(`${name} is not heard`, (world) => world[name].network.swallow("toServer")),
  ),
  side.map((name) => ask(`${name} is back`, (world) => restore(world, name))),
  inTab.map((tab) => ask(`tab ${tab} sleeps`, ({ widget }) => widget.tabs[tab].connection.close())),
  inTab.map((tab) => ask(`tab ${tab} wakes`, ({ widget }) => widget.tabs[tab].connection.open())),
);

/** The network is well again, and the browser has noticed. */
export function restore(world: World, name: "widget" | "desk"): void {
  world[name].network.mend();
  world[name].notice();
}

/** Up to 16 steps; every third is the network's. */
export const steps = fc.array(
  fc.oneof(
    { arbitrary: ofVisitor, weight: 3 },
    { arbitrary: ofAgent, weight: 4 },
    { arbitrary: ofNetwork, weight: 3 },
  ),
  { minLength: 1, maxLength: 16 },
);
