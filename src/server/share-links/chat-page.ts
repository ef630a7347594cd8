// The hosted page of an inbox as HTML: the chat by itself, for links, QR codes and people without a website.
import { createHash } from "node:crypto";
import { chatPagePath } from "../../protocol/paths-of-links.ts";
import type { WidgetSettings } from "../../protocol/records-widget-settings.ts";
import type { InboxRow } from "../inboxes/inboxes.ts";

export interface Page {
  html: string;
  /** Content-Security-Policy: what the page itself holds, and nothing else. */
  policy: string;
}

const DEFAULT_COLOR = "#1f5eff";

const escape = (text: string) =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
const hashOf = (content: string) =>
  `'sha256-${createHash("sha256").update(content).digest("base64")}'`;

/** Nothing but a colour ever reaches the style sheet. */
export function colorOf({ settings, widget_color }: InboxRow): string {
  const said = settings.widgetAppearance?.color ?? widget_color;
  return /^#([\da-f]{3}|[\da-f]{6})$/i.test(said) ? said : DEFAULT_COLOR;
}

/** The language of the page: the inbox's, else the visitor's first. */
export function languageOf({ settings }: InboxRow, accepted: string | undefined): string {
  const { locale = "auto" } = settings;
  if (locale !== "auto") return locale;
  const first = accepted?.split(/[,;]/)[0]?.trim() ?? "";
  return /^[a-z]{2,3}(-[a-z\d]{2,8})*$/i.test(first) ? first : "en";
}

type LocalText = WidgetSettings["greeting"];

function inLanguage(text: LocalText, language: string): string | undefined {
  if (text === undefined || typeof text === "string") return text;
  return text[language] ?? text[language.split("-")[0] ?? ""] ?? Object.values(text)[0];
}

/** The chat bubble in the inbox's colour. */
export const iconOf = (inbox: InboxRow) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="512" height="512"><rect width="32" height="32" rx="9" fill="${colorOf(inbox)}"/><path d="M9 11.5A2.5 2.5 0 0 1 11.5 9h9a2.5 2.5 0 0 1 2.5 2.5v6a2.5 2.5 0 0 1-2.5 2.5H16l-4.2 3.4a.5.5 0 0 1-.8-.4V20a2 2 0 0 1-2-2z" fill="#fff"/></svg>`;

/** Keeps the field above a phone's keyboard where that covers the page instead of making it smaller. */
const followKeyboard = `const v=window.visualViewport;v&&v.addEventListener("resize",()=>{if(v.scale<1.01){document.documentElement.style.setProperty("--height",v.height+"px");scrollTo(0,0)}})`;

const styleOf = (
  color: string,
) => `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
html,body{margin:0;height:100%;overflow:hidden;background:Canvas;color:CanvasText}
main{position:relative;box-sizing:border-box;height:var(--height,100vh);padding:env(safe-area-inset-top) env(safe-area-inset-right) 0 env(safe-area-inset-left);overflow:hidden}
@supports (height:100dvh){main{height:var(--height,100dvh)}}
.waiting{display:grid;place-content:center;justify-items:center;box-sizing:border-box;height:100%;padding:2rem;text-align:center;text-wrap:balance}
.waiting h1{margin:1rem 0 0;font-size:1.5rem}.waiting p{margin:.5rem 0 0;opacity:.75}.waiting img{width:4rem;height:4rem}
main:has(parlor-widget) .waiting{display:none}
@media (width>480px) and (height>480px){body{display:grid;place-items:center;background:color-mix(in srgb,${color} 14%,Canvas)}
main{width:min(30rem,100% - 2rem);height:min(48rem,var(--height,100dvh) - 2rem);border-radius:16px;background:Canvas;box-shadow:0 12px 48px rgb(0 0 0/18%)}}`;

function assemble(parts: {
  language: string;
  head: string;
  body: string;
  color: string;
  /** Inline scripts, beside files of ours. */
  script?: string;
}): Page {
  const style = styleOf(parts.color);
  const script = parts.script ? `<script>${parts.script}</script>` : "";
  const html = `<!doctype html>
<html lang="${escape(parts.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<meta name="referrer" content="no-referrer">
${parts.head}
<style>${style}</style>
${script}
</head>
<body>
${parts.body}
</body>
</html>
`;
  const policy = [
    "default-src 'none'",
    `script-src ${parts.script ? `'self' ${hashOf(parts.script)}` : "'none'"}`,
    `style-src ${hashOf(style)}`,
    "img-src 'self' data: blob: https:",
    "media-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    ...(parts.script ? ["require-trusted-types-for 'script'"] : []),
  ].join("; ");
  return { html, policy };
}

/** The page of an inbox. `publicUrl`: where visitors reach the server. */
export function chatPage(
  inbox: InboxRow,
  { language, publicUrl }: { language: string; publicUrl: string },
): Page {
  const { settings, name, website_token: token } = inbox;
  const title = inLanguage(settings.greeting, language) || inbox.welcome_title || name;
  const introduction =
    inLanguage(settings.greetingIntroduction, language) || inbox.welcome_tagline || name;
  const path = chatPagePath(token);
  const color = colorOf(inbox);
  const meta = (entries: [string, string][], key: "name" | "property") =>
    entries.map(([one, value]) => `<meta ${key}="${one}" content="${escape(value)}">`);
  const head = [
    `<title>${escape(title === name ? title : `${title} · ${name}`)}</title>`,
    ...meta(
      [
        ["description", introduction],
        ["theme-color", color],
        ["robots", settings.chatPage?.indexed ? "index" : "noindex"],
        ["twitter:card", "summary"],
      ],
      "name",
    ),
    ...meta(
      [
        ["og:type", "website"],
        ["og:site_name", name],
        ["og:title", title],
        ["og:description", introduction],
        ["og:url", publicUrl + path],
        ["og:image", `${publicUrl}${path}/icon.png`],
      ],
      "property",
    ),
    `<link rel="canonical" href="${escape(publicUrl + path)}">`,
    `<link rel="icon" href="${path}/icon.svg" type="image/svg+xml">`,
    `<link rel="apple-touch-icon" href="${path}/icon.png">`,
    // Whatever the inbox says of other pages, here is nothing but the chat; coming here is the visitor's act.
    `<script async src="/widget.js" data-inbox="${escape(token)}" data-container="#chat" data-visibility="shown" data-targeting='{"include":["*"],"exclude":[]}'${settings.consent === "pending" ? ' data-consent="granted"' : ""}></script>`,
  ].join("\n");
  const body = `<main id="chat"><div class="waiting"><img src="${path}/icon.svg" alt=""><h1 dir="auto">${escape(title)}</h1><p dir="auto">${escape(introduction)}</p><noscript><p lang="en">This chat needs JavaScript.</p></noscript></div></main>`;
  return assemble({ language, head, body, color, script: followKeyboard });
}

/** What stands where there is no inbox, or none that has a page. */
export function missingPage(): Page {
  const head = `<title>There is no chat here</title>\n<meta name="robots" content="noindex">`;
  const body = `<main><div class="waiting"><h1>There is no chat here</h1><p>The link may be incomplete, or the chat was taken down. Ask whoever gave it to you for a new one.</p></div></main>`;
  return assemble({ language: "en", head, body, color: DEFAULT_COLOR });
}
