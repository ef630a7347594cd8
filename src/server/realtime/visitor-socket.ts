// Visitors' sockets: the rooms they hear and what their commands do.
import type { Socket } from "socket.io";
import { success } from "../../protocol/result.ts";
import type { VisitorAnswers, visitorCommands } from "../../protocol/socket.ts";
import { findVisitorById } from "../contacts/visitors.ts";
import type { VisitorIdentity } from "../contacts/visitors.ts";
import { getPublicConversation, ofVisitor } from "../conversations/find.ts";
import { listPublicConversations } from "../conversations/lists.ts";
import { findQueuePlace } from "../conversations/queue.ts";
import { seeAsVisitor } from "../conversations/see.ts";
import { startConversation } from "../conversations/start.ts";
import { resolveByVisitor } from "../conversations/status.ts";
import { syncForVisitor } from "../conversations/sync.ts";
import { setVisitorTyping } from "../conversations/typing.ts";
import { sendVisitorMessage } from "../messages/create-message.ts";
import type { RoomDeps } from "../room.ts";
import type { Handlers } from "./commands.ts";
import { visitorRooms } from "./rooms.ts";
import type { Typing } from "./typing.ts";

export interface VisitorCaller {
  visitor: VisitorIdentity;
  typing: Typing;
}

/** The rooms of a visitor's socket. */
export async function joinVisitorRooms(socket: Socket, visitor: VisitorIdentity): Promise<void> {
  const { contactInboxId, contactId, inboxId, verified } = visitor;
  await socket.join([
    visitorRooms.contactInbox(contactInboxId),
    visitorRooms.inbox(inboxId),
    ...(verified ? [visitorRooms.verifiedContact(contactId, inboxId)] : []),
  ]);
}

/** What the commands of visitors do. */
export function visitorHandlers(
  deps: RoomDeps,
): Handlers<VisitorCaller, typeof visitorCommands, VisitorAnswers> {
  /** Who he is now: a browser may have become a verified contact since it connected. */
  const present = async ({ visitor }: VisitorCaller): Promise<VisitorIdentity> =>
    (await findVisitorById(deps.db, visitor.contactInboxId)) ?? visitor;

  return {
    // The statement behind it looks up for itself who he is now.
    "message:send": ({ visitor }, { conversation_id, content, attachments, echo_id }) =>
      sendVisitorMessage(deps, visitor, {
        conversationId: conversation_id,
        content,
        attachments,
        echoId: echo_id,
      }),
    "conversation:start": async (caller, input) =>
      await startConversation(deps, await present(caller), input),
    "typing:set": async (caller, { conversation_id, typing }) => {
      const told = await setVisitorTyping(deps, await present(caller), conversation_id, typing);
      if (!told.ok) return told;
      caller.typing.remember(told.data);
      return success(null);
    },
    "conversation:see": async (caller, { conversation_id, seq }) => {
      const seen = await seeAsVisitor(deps, await present(caller), conversation_id, seq);
      return seen.ok ? success(null) : seen;
    },
    "conversation:resolve": async (caller, { conversation_id }) => {
      const visitor = await present(caller);
      const resolved = await resolveByVisitor(deps, visitor, conversation_id);
      if (!resolved.ok) return resolved;
      return await getPublicConversation(deps, ofVisitor(visitor, conversation_id));
    },
    "conversation:sync": async (caller, { conversation_id, after_seq }) =>
      await syncForVisitor(deps, await present(caller), conversation_id, after_seq),
    "queue:look": async (caller, { conversation_id }) =>
      await findQueuePlace(deps, await present(caller), conversation_id),
    "conversation:list": async (caller) =>
      success(await listPublicConversations(deps, await present(caller))),
  };
}
