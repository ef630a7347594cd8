// Agents' sockets: the rooms they hear and what their commands do.
import type { Socket } from "socket.io";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentAnswers, agentCommands } from "../../protocol/socket.ts";
import { findMembership } from "../agents/agents.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { seeAsAgent } from "../conversations/see.ts";
import { syncForAgent } from "../conversations/sync.ts";
import { setAgentTyping } from "../conversations/typing.ts";
import { sendAgentMessage } from "../messages/create-message.ts";
import type { RoomDeps } from "../room.ts";
import type { Handlers } from "./commands.ts";
import type { AgentArrival } from "./handshake.ts";
import { agentRooms } from "./rooms.ts";
import type { Typing } from "./typing.ts";

export interface AgentCaller {
  agent: AgentIdentity;
  typing: Typing;
}

/** The rooms of an agent's socket. */
export async function joinAgentRooms(
  socket: Socket,
  { agent, access, sessionId }: AgentArrival,
): Promise<void> {
  const { ownToken, session } = agentRooms;
  await socket.join([
    ...access,
    sessionId === undefined ? ownToken(agent.userId) : session(sessionId),
  ]);
}

/** What the commands of agents do. */
export function agentHandlers(
  deps: RoomDeps,
): Handlers<AgentCaller, typeof agentCommands, AgentAnswers> {
  /** As who he is now: his role may have changed since he connected, or he was removed. */
  async function asPresent<Value>(
    { agent: { userId, accountId } }: AgentCaller,
    work: (present: AgentIdentity) => Promise<Result<Value>>,
  ): Promise<Result<Value>> {
    const present = await findMembership(deps.db, accountId, userId);
    return present
      ? await work(present)
      : failure("unauthenticated", "You are not authorized to access this account");
  }

  return {
    // The statement behind it looks up for itself what he may do now.
    "message:send": ({ agent }, { conversation_id, content, ...input }) =>
      sendAgentMessage(deps, agent, {
        conversationId: conversation_id,
        content,
        attachments: input.attachments,
        private: input.private,
        echoId: input.echo_id,
        contentType: input.content_type,
        contentAttributes: input.content_attributes,
      }),
    "typing:set": async (caller, input) =>
      await asPresent(caller, async (present) => {
        const told = await setAgentTyping(deps, present, input.conversation_id, input);
        if (!told.ok) return told;
        caller.typing.remember(told.data);
        return success(null);
      }),
    "conversation:see": async (caller, { conversation_id, seq }) =>
      await asPresent(caller, async (present) => {
        const seen = await seeAsAgent(deps, present, conversation_id, seq);
        return seen.ok ? success(null) : seen;
      }),
    "conversation:sync": async (caller, { conversation_id, after_seq }) =>
      await asPresent(caller, (present) => syncForAgent(deps, present, conversation_id, after_seq)),
  };
}
