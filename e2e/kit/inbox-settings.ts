// The first inbox as its administrator's tools see and change it.
import { applicationPaths } from "../../src/protocol/paths.ts";
import type { Inbox, Profile } from "../../src/protocol/records.ts";
import type { Server } from "./server.ts";

async function call<Value>(url: string, init: RequestInit): Promise<Value> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Value;
}

const json = { "content-type": "application/json" };

async function open(server: Server) {
  const body = JSON.stringify(server.administrator);
  const signIn = { method: "POST", headers: json, body };
  const profile = await call<Profile>(server.url + applicationPaths.signIn(), signIn);
  const headers = { ...json, api_access_token: profile.access_token };
  const list = server.url + applicationPaths.inboxes(profile.account_id);
  const [inbox] = await call<(Inbox & { hmac_token?: string })[]>(list, { headers });
  if (!inbox) throw new Error("there is no inbox");
  return {
    profile,
    inbox,
    headers,
    url: `${server.url}${applicationPaths.inbox(profile.account_id, inbox.id)}`,
  };
}

/** Changes the inbox; a setting that is `null` is forgotten. */
export async function changeInbox(server: Server, change: Record<string, unknown>): Promise<void> {
  const { url, headers } = await open(server);
  await call(url, { method: "PATCH", headers, body: JSON.stringify(change) });
}

/** What signs identities, as the website's owner copies it from the desk. */
export async function identitySecret(server: Server): Promise<string> {
  return (await open(server)).inbox.hmac_token ?? "";
}

/** The administrator by his token: what `createTestAgent` takes, and his number. */
export async function agentAccess(server: Server) {
  const { profile } = await open(server);
  return {
    serverUrl: server.url,
    accessToken: profile.access_token,
    accountId: profile.account_id,
    agentId: profile.id,
  };
}

/** The administrator goes and comes back, while he is at the desk: visitors hear of both, whoever was there before. */
export async function comeBack(server: Server): Promise<void> {
  const { headers } = await open(server);
  for (const availability of ["offline", "available"]) {
    const body = JSON.stringify({ availability });
    await call(server.url + applicationPaths.availability(), { method: "POST", headers, body });
  }
}
