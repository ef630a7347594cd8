// Routes of transcripts: the visitor's own as a file or by e-mail, and the agents' by e-mail.
import { z } from "zod";
import { applicationPaths, publicPaths } from "../../protocol/paths.ts";
import { timezoneSchema } from "../../protocol/records-opening-hours.ts";
import { localeSchema } from "../../protocol/records-widget-settings.ts";
import { emailSchema, idSchema } from "../../protocol/request-fields.ts";
import type { RestDoor } from "../http/door.ts";
import type { RoomDeps } from "../room.ts";
import { mailTranscriptByAgent, mailTranscriptToVisitor, readTranscript } from "./transcripts.ts";

const params = z.object({ conversation: idSchema });
/** Whose transcript it is, as the visitor's browser says it. */
const reader = {
  locale: localeSchema.optional(),
  time_zone: timezoneSchema.optional(),
};
/** JSON rather than the bare file: no address of ours ever answers with a page of visitors' words. */
const fileSchema = z.object({
  file_name: z.string(),
  content_type: z.string(),
  content: z.string(),
});
const types = { text: "text/plain", html: "text/html" } as const;

export function visitorTranscriptRoutes(app: RestDoor, deps: RoomDeps): void {
  const path = publicPaths.transcript(":inbox", ":source", ":conversation");
  app.get(
    path,
    {
      schema: {
        params,
        querystring: z.object({ format: z.enum(["text", "html"]).default("text"), ...reader }),
        response: { 200: fileSchema },
      },
    },
    async (request, reply) => {
      const { conversation } = request.params;
      const { format, ...reader } = request.query;
      const result = await readTranscript(deps, request.visitor, conversation, reader);
      if (!result.ok) return reply.fail(result.error);
      return reply.header("cache-control", "no-store").send({
        file_name: `conversation-${conversation}.${format === "html" ? "html" : "txt"}`,
        content_type: `${types[format]}; charset=utf-8`,
        content: result.data[format],
      });
    },
  );
  app.post(
    path,
    {
      schema: {
        params,
        body: z.object({ email: emailSchema.optional(), ...reader }),
        response: { 200: z.object({ email: z.string() }) },
      },
    },
    async ({ visitor, params, body }, reply) => {
      const { conversation } = params;
      const { email, ...reader } = body;
      const result = await mailTranscriptToVisitor(deps, visitor, conversation, email, reader);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
}

export function agentTranscriptRoutes(app: RestDoor, deps: RoomDeps): void {
  app.post(
    applicationPaths.transcript(":account", ":conversation"),
    {
      schema: {
        params,
        body: z.object({ email: emailSchema }),
        response: { 200: z.undefined() },
      },
    },
    async ({ agent, params, body }, reply) => {
      const result = await mailTranscriptByAgent(deps, agent, params.conversation, body.email);
      return result.ok ? reply.code(200).send() : reply.fail(result.error);
    },
  );
}
