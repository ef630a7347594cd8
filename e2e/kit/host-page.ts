// A website of somebody else: a small server on a port of its own, so that the chat is cross-origin.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface HostPageOptions {
  /** The address of Parlor's server. */
  serverUrl: string;
  /** The document, given the nonce that the policy allows. */
  html: (nonce: string) => string;
  /** Sent as Content-Security-Policy; none without. */
  policy?: (nonce: string) => string;
}

export interface HostPage {
  url: string;
  stop(): Promise<void>;
}

const NONCE = "k3Vb0uT4Qn";

/** The strictest policy that Parlor promises to work under. */
export function strictPolicy(serverUrl: string): (nonce: string) => string {
  // A host source of http does not match ws: browsers want the socket's address beside it.
  const socketUrl = serverUrl.replace(/^http/, "ws");
  return (nonce) =>
    [
      "default-src 'none'",
      `script-src 'nonce-${nonce}' 'strict-dynamic'`,
      "style-src 'self'",
      `connect-src ${serverUrl} ${socketUrl}`,
      "img-src 'self' data:",
      "base-uri 'none'",
      "require-trusted-types-for 'script'",
    ].join("; ");
}

const css = `body { margin: 0; font: 16px/1.5 serif } main { max-width: 40em; margin: 3em auto }
button { all: unset } * { letter-spacing: .02em } div { border: 3px dotted red }`;

/** Serves one page, its style sheet, and nothing else. */
export async function serveHostPage(options: HostPageOptions): Promise<HostPage> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://host");
    if (pathname === "/page.css") {
      response.writeHead(200, { "content-type": "text/css" }).end(css);
    } else if (pathname === "/favicon.ico") {
      response.writeHead(204).end();
    } else {
      const headers: Record<string, string> = { "content-type": "text/html; charset=utf-8" };
      if (options.policy) headers["content-security-policy"] = options.policy(NONCE);
      response.writeHead(200, headers).end(options.html(NONCE));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface ChatServer {
  url: string;
  websiteToken: string;
}

export interface PageParts {
  /** Inside `<head>`, before the page's own content. */
  head?: string;
  /** At the end of `<body>`. */
  foot?: string;
}

/** An ordinary article, as a website has it. */
export function articlePage({ head = "", foot = "" }: PageParts): string {
  const paragraph = "<p>Wash wool by hand, in cool water, and dry it lying down. ".repeat(3);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Wool care</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/page.css">${head}</head>
<body><main><h1>Wool care</h1>${paragraph.repeat(8)}</main>${foot}</body></html>`;
}

/** An article with the documented tag. */
export function chatPage(server: ChatServer, nonce: string): string {
  return articlePage({ foot: scriptTag(server.url, server.websiteToken, nonce) });
}

/** The same, with a script of the page's own that comes before the chat's. */
export function chatPageWithScript(server: ChatServer, script: string, nonce: string): string {
  return articlePage({
    head: `<script nonce="${nonce}">${script}</script>`,
    foot: scriptTag(server.url, server.websiteToken, nonce),
  });
}

/** The one tag of the documentation. */
export function scriptTag(serverUrl: string, token: string, nonce: string): string {
  return `<script async nonce="${nonce}" src="${serverUrl}/widget.js" data-inbox="${token}"></script>`;
}
