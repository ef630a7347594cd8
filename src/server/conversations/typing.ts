// Typing: told to the other side, kept nowhere.
import { success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import type { VisitorIdentity } from "../contacts/visitors.ts";
import type { TypingChanged } from "../events.ts";
import type { RoomDeps } from "../room.ts";
import { findConversation, ofAgent, ofVisitor } from "./find.ts";
import { audienceOf } from "./records.ts";

type Deps = Pick<RoomDeps, "db" | "events">;

/** Tells agents that the visitor types, or has stopped. Errors: `not_found`. */
export async function setVisitorTyping(
  { db, events }: Deps,
  visitor: VisitorIdentity,
  displayId: number,
  typing: boolean,
): Promise<Result<TypingChanged>> {
  const found = await findConversation(db, ofVisitor(visitor, displayId));
  if (!found.ok) return found;
  const event: TypingChanged = {
    name: "typing:changed",
    audience: audienceOf(found.data),
    from: "visitor",
    typing,
    private: false,
    sender: {
      type: "contact",
      id: visitor.contactId,
      name: visitor.name ?? "",
      avatar_url: visitor.avatarUrl,
    },
  };
  events.publish(event);
  return success(event);
}

/** Tells the visitor and the colleagues, for a private note only these. Errors: `not_found`. */
export async function setAgentTyping(
  { db, events }: Deps,
  agent: AgentIdentity,
  displayId: number,
  input: { typing: boolean; private: boolean },
): Promise<Result<TypingChanged>> {
  const found = await findConversation(db, ofAgent(db, agent, displayId));
  if (!found.ok) return found;
  const event: TypingChanged = {
    name: "typing:changed",
    audience: audienceOf(found.data),
    from: "agent",
    typing: input.typing,
    private: input.private,
    sender: { type: "user", id: agent.userId, name: agent.name, avatar_url: agent.avatarUrl },
  };
  events.publish(event);
  return success(event);
}
