// The names of everything in docs/host-api.md, as the widget's own types say them: each wants a test of its own.
import { readFileSync } from "node:fs";
import { membersOf } from "../../scripts/host-api-members.ts";

function namesIn(file: string, name: string): string[] {
  const source = readFileSync(new URL(`../../src/widget/${file}`, import.meta.url), "utf8");
  return membersOf(source, name).map((member) => member.name);
}

export const settingNames = namesIn("store/host-settings.ts", "HostSettings");
export const methodNames = ["ParlorMethods", "LaterMethods"].flatMap((name) =>
  namesIn("host/parlor.ts", name),
);
/** `onChatMaximize` and its like. */
export const subscriberNames = namesIn("host/parlor.ts", "ParlorEvents");
/** `chatMaximize` and its like. */
export const eventNames = subscriberNames.map(
  (name) => name.charAt(2).toLowerCase() + name.slice(3),
);
