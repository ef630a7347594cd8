// The administrator as an agent without a browser, as a site's own tests have one.
import { applicationPaths } from "../../src/protocol/paths.ts";
import type { Profile } from "../../src/protocol/records.ts";
import { createTestAgent } from "../../src/sdk/testing/test-agent.ts";
import type { TestAgent } from "../../src/sdk/testing/test-agent.ts";
import type { Server } from "./server.ts";

export async function signInTestAgent(server: Server): Promise<TestAgent> {
  const response = await fetch(server.url + applicationPaths.signIn(), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(server.administrator),
  });
  const profile = (await response.json()) as Profile;
  return createTestAgent({
    serverUrl: server.url,
    accessToken: profile.access_token,
    accountId: profile.account_id,
  });
}
