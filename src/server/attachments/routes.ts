// Where files are uploaded, ahead of the message that names them.
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { applicationPaths, publicPaths } from "../../protocol/paths.ts";
import { uploadSchema } from "../../protocol/records-attachments.ts";
import { idSchema } from "../../protocol/request-fields.ts";
import { createUploadSchema } from "../../protocol/requests-attachments.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import { findConversation, notFound, ofAgent } from "../conversations/find.ts";
import type { FileTaker } from "../http/bodies.ts";
import type { RestDoor } from "../http/door.ts";
import { findInboxById, limitsOf } from "../inboxes/inboxes.ts";
import type { InboxRow } from "../inboxes/inboxes.ts";
import type { RoomDeps } from "../room.ts";
import type { Uploader } from "./attachments.ts";

const refused = () => failure("forbidden", "This inbox takes no files");

/** A widget that shows no button has no right either. */
const isOpen = (inbox: InboxRow, isVisitor: boolean) =>
  inbox.attachment_max_count > 0 &&
  inbox.attachment_kinds.length > 0 &&
  !(isVisitor && inbox.settings.features?.attachments === false);

function takerOf(
  { attachments }: Pick<RoomDeps, "attachments">,
  uploader: Uploader,
  inbox: InboxRow,
): FileTaker {
  const limits = limitsOf(inbox);
  return {
    maxBytes: limits.max_bytes,
    take: (file) => attachments.take(uploader, limits, file),
    discard: (uploadIds) => attachments.discard(uploader, uploadIds),
  };
}

const visitorUploader = ({ inbox, visitor }: FastifyRequest): Uploader => ({
  accountId: inbox.account_id,
  inboxId: inbox.id,
  from: { contactInboxId: visitor.contactInboxId },
});

/** What takes the files of a visitor's request; of a route that lies below his source id. */
export function visitorFiles(deps: RoomDeps) {
  return async (request: FastifyRequest): Promise<Result<FileTaker>> => {
    if (!isOpen(request.inbox, true)) return refused();
    const key = `visitor ${request.visitor.contactInboxId}`;
    const counted = await deps.rateLimits.check("upload", key);
    if (!counted.ok) return counted;
    return success(takerOf(deps, visitorUploader(request), request.inbox));
  };
}

async function agentUploader(
  { db }: RoomDeps,
  request: FastifyRequest,
): Promise<Result<{ uploader: Uploader; inbox: InboxRow }>> {
  const { conversation } = request.params as { conversation: unknown };
  const named = idSchema.safeParse(conversation);
  if (!named.success) return notFound();
  const { agent } = request;
  const found = await findConversation(db, ofAgent(db, agent, named.data));
  if (!found.ok) return found;
  const inbox = await findInboxById(db, found.data.inbox_id);
  if (!inbox) return notFound();
  const from = { userId: agent.userId };
  return success({ uploader: { accountId: agent.accountId, inboxId: inbox.id, from }, inbox });
}

/** What takes the files of an agent's request; of a route whose path names the conversation. */
export function agentFiles(deps: RoomDeps) {
  return async (request: FastifyRequest): Promise<Result<FileTaker>> => {
    const found = await agentUploader(deps, request);
    if (!found.ok) return found;
    const { uploader, inbox } = found.data;
    if (!isOpen(inbox, false)) return refused();
    const counted = await deps.rateLimits.check("upload", `user ${request.agent.userId}`);
    return counted.ok ? success(takerOf(deps, uploader, inbox)) : counted;
  };
}

const schema = { body: createUploadSchema, response: { 200: uploadSchema } };
const nameOf = ({ attachments: [only = ""] }: z.output<typeof createUploadSchema>) => only;

export function visitorAttachmentRoutes(app: RestDoor, deps: RoomDeps): void {
  app.post(
    publicPaths.attachments(":inbox", ":source"),
    { schema, config: { takesFiles: visitorFiles(deps) } },
    async (request, reply) => {
      const found = await deps.attachments.find(visitorUploader(request), nameOf(request.body));
      return found.ok ? reply.send(found.data) : reply.fail(found.error);
    },
  );
}

export function agentAttachmentRoutes(app: RestDoor, deps: RoomDeps): void {
  app.post(
    applicationPaths.attachments(":account", ":conversation"),
    {
      schema: { ...schema, params: z.object({ conversation: idSchema }) },
      config: { takesFiles: agentFiles(deps) },
    },
    async (request, reply) => {
      const sender = await agentUploader(deps, request);
      if (!sender.ok) return reply.fail(sender.error);
      const found = await deps.attachments.find(sender.data.uploader, nameOf(request.body));
      return found.ok ? reply.send(found.data) : reply.fail(found.error);
    },
  );
}
