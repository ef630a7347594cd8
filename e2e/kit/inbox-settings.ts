// The first inbox as its administrator's tools see and change it.
import { applicationPaths } from "../../src/protocol/paths.ts";
import type { Inbox } from "../../src/protocol/records.ts";
import type { Server } from "./server.ts";

async function find({ ask, access }: Server): Promise<Inbox & { hmac_token?: string }> {
  const [inbox] = await ask<(Inbox & { hmac_token?: string })[]>(
    applicationPaths.inboxes(access.accountId),
  );
  if (!inbox) throw new Error("there is no inbox");
  return inbox;
}

/** Changes the inbox; a setting that is `null` is forgotten. */
export async function changeInbox(server: Server, change: Record<string, unknown>): Promise<void> {
  const { id } = await find(server);
  await server.ask(applicationPaths.inbox(server.access.accountId, id), "PATCH", change);
}

/** What signs identities, as the website's owner copies it from the desk. */
export async function identitySecret(server: Server): Promise<string> {
  return (await find(server)).hmac_token ?? "";
}

/** The administrator goes and comes back, while he is at the desk: visitors hear of both, whoever was there before. */
export async function comeBack({ ask }: Server): Promise<void> {
  for (const availability of ["offline", "available"]) {
    await ask(applicationPaths.availability(), "POST", { availability });
  }
}
