// What stops the chat, by name: for a developer who wonders why there is none.
import { SOCKET_PATH } from "../../protocol/path-parts.ts";
import type { Core } from "../core.ts";
import type { Blocker, Diagnosis } from "./answers.ts";

/** How long a socket that no policy forbids may take to open. */
const SOCKET_TIMEOUT_MS = 3_000;

/** Does `act`, and answers which directives of the page's policy forbade a request to the server meanwhile. */
async function watchPolicy(core: Core, act: () => Promise<unknown>): Promise<string[]> {
  const { document } = core.page;
  const { host } = new URL(core.baseUrl);
  const directives = new Set<string>();
  const heard = (event: SecurityPolicyViolationEvent) => {
    if (event.blockedURI.includes(host)) directives.add(event.effectiveDirective);
  };
  document.addEventListener("securitypolicyviolation", heard);
  await act();
  // The report of a violation may come a task after the failure.
  await new Promise((resolve) => setTimeout(resolve));
  document.removeEventListener("securitypolicyviolation", heard);
  return [...directives];
}

/** Opens a socket and closes it. */
function trySocket(core: Core): Promise<void> {
  return new Promise((resolve) => {
    const url = core.baseUrl.replace(/^http/, "ws");
    try {
      const socket = new WebSocket(`${url}${SOCKET_PATH}/?EIO=4&transport=websocket`);
      const end = () => {
        clearTimeout(timer);
        socket.close();
        resolve();
      };
      // One that a policy forbids may never end by itself.
      const timer = setTimeout(end, SOCKET_TIMEOUT_MS);
      for (const name of ["open", "error", "close"]) socket.addEventListener(name, end);
    } catch {
      resolve();
    }
  });
}

const byCode: Record<string, [Blocker["code"], string]> = {
  not_found: ["inbox_unknown", "the server knows no inbox of this website token"],
  origin_not_allowed: [
    "domain_not_allowed",
    "the inbox does not allow this website: add its domain to the allowed ones",
  ],
};

async function ofServer(core: Core): Promise<Blocker[]> {
  if (!core.page.navigator.onLine) return [{ code: "offline", message: "the browser is offline" }];
  let code: string | undefined;
  const directives = await watchPolicy(core, async () => {
    const [result] = await Promise.all([core.rest.getInbox(), trySocket(core)]);
    if (!result.ok) ({ code } = result.error);
  });
  if (directives.length > 0) {
    const socket = core.baseUrl.replace(/^http/, "ws");
    const message = `the page's Content Security Policy forbids requests to the server: allow ${core.baseUrl} ${socket} in ${directives.join(", ")}`;
    return [{ code: "csp", message }];
  }
  if (code === undefined) return [];
  const [name, message] = byCode[code] ?? [
    "unreachable",
    "the server does not answer, or something in the browser stops the request",
  ];
  return [{ code: name, message }];
}

/** Asks the server, and looks at what the page and the visitor have said. */
export async function diagnose(core: Core): Promise<Diagnosis> {
  const { settings, chatWindow, root, identityRefusal } = core;
  const blockers = await ofServer(core);
  const refusal = identityRefusal.peek();
  if (refusal) blockers.push({ code: "identity_refused", message: refusal.message });
  if (settings.host.peek().consent === "denied") {
    const message = "consent is denied: conversations are forgotten with the page";
    blockers.push({ code: "consent_denied", message });
  }
  if (chatWindow.visibility.peek() === "hidden") {
    blockers.push({ code: "hidden", message: "visibility is hidden" });
  }
  if (!root.host.isConnected) {
    const message = "targeting leaves this page out, or the container is not on it";
    blockers.push({ code: "not_on_page", message });
  }
  return { ok: blockers.length === 0, blockers };
}
