// Routes of the hosted chat page, and of the picture that stands for it.
import type { FastifyReply } from "fastify";
import { z } from "zod";
import { chatPagePath } from "../../protocol/paths-of-links.ts";
import type { RestDoor } from "../http/door.ts";
import { findInboxByToken } from "../inboxes/inboxes.ts";
import type { InboxRow } from "../inboxes/inboxes.ts";
import type { RoomDeps } from "../room.ts";
import { chatPage, iconOf, languageOf, missingPage } from "./chat-page.ts";
import type { Page } from "./chat-page.ts";

const schema = { hide: true, params: z.object({ inbox: z.string() }) };
const ICON_FRESH = "public, max-age=3600";

function sendPage(reply: FastifyReply, status: number, { html, policy }: Page): FastifyReply {
  return reply
    .code(status)
    .headers({
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
      "x-frame-options": "DENY",
      "cross-origin-opener-policy": "same-origin",
      "permissions-policy": "camera=(), geolocation=(), microphone=()",
      "referrer-policy": "no-referrer",
      "cache-control": "no-cache",
      vary: "Accept-Language",
    })
    .send(html);
}

export function chatPageRoutes(app: RestDoor, { db, config }: RoomDeps): void {
  const path = chatPagePath(":inbox");
  const publicUrl = config.publicUrl.replace(/\/$/, "");
  const find = async (token: string): Promise<InboxRow | undefined> => {
    const inbox = await findInboxByToken(db, token);
    return inbox?.settings.chatPage?.enabled === false ? undefined : inbox;
  };

  app.get(path, { schema }, async ({ params, headers }, reply) => {
    const inbox = await find(params.inbox);
    if (!inbox) return sendPage(reply, 404, missingPage());
    const language = languageOf(inbox, headers["accept-language"]);
    return sendPage(reply, 200, chatPage(inbox, { language, publicUrl }));
  });
  app.get(`${path}/icon.svg`, { schema }, async ({ params }, reply) => {
    const inbox = await find(params.inbox);
    if (!inbox) return sendPage(reply, 404, missingPage());
    return reply.type("image/svg+xml").header("cache-control", ICON_FRESH).send(iconOf(inbox));
  });
  // Link previews and home screens take no SVG.
  app.get(`${path}/icon.png`, { schema }, async ({ params }, reply) => {
    const inbox = await find(params.inbox);
    if (!inbox) return sendPage(reply, 404, missingPage());
    const { default: sharp } = await import("sharp");
    const png = await sharp(Buffer.from(iconOf(inbox)))
      .png()
      .toBuffer();
    return reply.type("image/png").header("cache-control", ICON_FRESH).send(png);
  });
}
