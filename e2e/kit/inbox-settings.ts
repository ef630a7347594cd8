// The first inbox as its administrator's tools see and change it.
import { applicationPaths } from "../../src/protocol/paths.ts";
import type { Inbox } from "../../src/protocol/records.ts";
import type { Server } from "./server.ts";

async function call<Value>(url: string, init: RequestInit): Promise<Value> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Value;
}

const json = { "content-type": "application/json" };

const headersOf = ({ access }: Server) => ({ ...json, api_access_token: access.accessToken });

async function readInbox(server: Server): Promise<Inbox & { hmac_token?: string }> {
  const list = server.url + applicationPaths.inboxes(server.access.accountId);
  const [inbox] = await call<Inbox[]>(list, { headers: headersOf(server) });
  if (!inbox) throw new Error("there is no inbox");
  return inbox;
}

/** Changes the inbox; a setting that is `null` is forgotten. */
export async function changeInbox(server: Server, change: Record<string, unknown>): Promise<void> {
  const { id } = await readInbox(server);
  await call(server.url + applicationPaths.inbox(server.access.accountId, id), {
    method: "PATCH",
    headers: headersOf(server),
    body: JSON.stringify(change),
  });
}

/** What signs identities, as the website's owner copies it from the desk. */
export async function identitySecret(server: Server): Promise<string> {
  return (await readInbox(server)).hmac_token ?? "";
}

/** The administrator goes and comes back, while he is at the desk: visitors hear of both, whoever was there before. */
export async function comeBack(server: Server): Promise<void> {
  const headers = headersOf(server);
  for (const availability of ["offline", "available"]) {
    const body = JSON.stringify({ availability });
    await call(server.url + applicationPaths.availability(), { method: "POST", headers, body });
  }
}
