// Messages that try to be more than a message. Each must arrive as text or as a harmless link.

export interface Attack {
  name: string;
  text: string;
}

/** Sets this on `globalThis` when it runs: no attack ever may. */
export const CANARY = "parlorCanary";
const run = `globalThis.${CANARY}=1`;

const html: Attack[] = [
  { name: "a script", text: `<script>${run}</script>` },
  { name: "a script that ends a script", text: `</script><script>${run}</script>` },
  { name: "an image that fails", text: `<img src=x onerror=${run}>` },
  { name: "an image without blanks", text: `<img/src=x/onerror=${run}>` },
  { name: "an SVG that loads", text: `<svg onload=${run}>` },
  { name: "an SVG with a script", text: `<svg><script>${run}</script></svg>` },
  {
    name: "an SVG animation of a link",
    text: `<svg><a><animate attributeName=href values=javascript:${run} /><text>x</text></a></svg>`,
  },
  {
    name: "MathML with a link",
    text: `<math><mtext><table><mglyph><style><img src=x onerror=${run}></style>`,
  },
  { name: "a frame", text: `<iframe srcdoc="<script>parent.${CANARY}=1</script>"></iframe>` },
  { name: "an object", text: `<object data="javascript:${run}"></object>` },
  { name: "a form", text: `<form action="javascript:${run}"><button>Send</button></form>` },
  {
    name: "a base and a refresh",
    text: `<base href="https://evil.test/"><meta http-equiv="refresh" content="0;url=javascript:${run}">`,
  },
  {
    name: "a style",
    text: `<style>*{background:url(https://evil.test/)}</style><link rel=stylesheet href=https://evil.test/a.css>`,
  },
  {
    name: "details that toggle",
    text: `<details open ontoggle=${run}><summary>x</summary></details>`,
  },
  { name: "an element without an end", text: `**bold** <img src=x onerror="${run}"` },
  { name: "a comment that closes", text: `<!--><img src=x onerror=${run}>-->` },
  { name: "CDATA", text: `<![CDATA[<img src=x onerror=${run}>]]>` },
  {
    name: "entities for brackets",
    text: `&lt;script&gt;${run}&lt;/script&gt; &#60;img src=x onerror=${run}&#62;`,
  },
  {
    name: "HTML within Markdown",
    text: `> - **<img src=x onerror=${run}>** [<b>x</b>](https://ok.test)`,
  },
  {
    name: "HTML in code",
    text: `\`<img src=x onerror=${run}>\`\n\`\`\`html\n<script>${run}</script>\n\`\`\``,
  },
  { name: "a language that is an attribute", text: `\`\`\`js" onmouseover="${run}\nx\n\`\`\`` },
  { name: "a template expression", text: `{{constructor.constructor('${run}')()}} \${${run}}` },
];

const refusedSchemes: Attack[] = [
  "javascript:",
  "JaVaScRiPt:",
  " javascript:",
  "java\tscript:",
  "java\nscript:",
  "java\rscript:",
  "\u0001javascript:",
  "\u00a0javascript:",
  "\u200bjavascript:",
  "\u202ejavascript:",
  "javascript\u0000:",
  "javascript&colon;",
  "javascript&#58;",
  "javascript&#x3a;",
  "&#106;avascript:",
  "&#x6A&#x61vascript:",
  "java&Tab;script:",
  "java&NewLine;script:",
  "javascript%3A",
  "javascript\\:",
  "\\javascript:",
  "ｊavascript:",
  "javaſcript:",
  "jаvascript:",
  "vbscript:",
  "livescript:",
  "data:text/html,<script>",
  "data:text/html;base64,PHNjcmlwdD4=",
  "data:image/svg+xml,<svg onload=x>",
  "file:///etc/passwd#",
  "blob:https://evil.test/",
  "view-source:javascript:",
  "about:blank#",
  "ms-msdt:/id",
  "intent://evil.test#Intent;",
  "//evil.test/",
  "/relative/",
  "https:evil.test/",
  "https:/evil.test/",
  "https:\\\\evil.test\\",
  "https://",
  "https://bank.test@evil.test/",
  "https://bank.test:443@evil.test/",
  "https://@evil.test/",
  "https://bank.test\\@evil.test/",
  "https://evil.test\t.bank.test/",
  "https://ev\u202eil.test/",
  "mailto:",
  "tel:<script>",
].flatMap((scheme) => [
  { name: `${JSON.stringify(scheme)} as a link`, text: `[click](${scheme}${run})` },
  { name: `${JSON.stringify(scheme)} in angles`, text: `[click](<${scheme}${run}>)` },
  { name: `${JSON.stringify(scheme)} as an image`, text: `![click](${scheme}${run})` },
  { name: `${JSON.stringify(scheme)} as an autolink`, text: `<${scheme}${run}>` },
  { name: `${JSON.stringify(scheme)} as a reference`, text: `[click][1]\n\n[1]: ${scheme}${run}` },
  { name: `${JSON.stringify(scheme)} bare`, text: `**see** ${scheme}${run}` },
]);

const pretenders: Attack[] = [
  { name: "a link that says another host", text: "[https://bank.test](https://evil.test)" },
  { name: "a host that begins alike", text: "[bank.test](https://bank.test.evil.test)" },
  { name: "a host in the path", text: "[https://evil.test](https://evil.test.example/evil.test)" },
  { name: "a host in Cyrillic", text: "https://раypal.com and [paypal.com](https://раypal.com)" },
  { name: "a full-width host", text: "[bank](https://ｅｖｉｌ.test)" },
  { name: "a dotted number", text: "[bank](http://2130706433/) http://0x7f.1/" },
  { name: "bold and code as another host", text: "[**https://**`bank.test`](https://evil.test)" },
  {
    name: "an image as another host",
    text: "[![https://bank.test](https://evil.test/a.png)](https://evil.test)",
  },
  {
    name: "a mail link that says another address",
    text: "[help@bank.test](mailto:thief@evil.test?bcc=x@y.z)",
  },
  { name: "a number that says another", text: "[+1 555 0100](tel:+906660100)" },
  { name: "an override before the host", text: "[\u202etset.knab//:sptth](https://evil.test)" },
  { name: "a title that hides", text: '[ok](https://ok.test "onmouseover=alert(1)")' },
  {
    name: "an attribute in an address",
    text: '[ok](https://ok.test/"onmouseover="alert(1)) https://ok.test/"onclick=x',
  },
];

const text: Attack[] = [
  {
    name: "an override that is never closed",
    text: "**hello** \u202egnp.exe \u2066\u2067\u2068 [x](https://ok.test)",
  },
  { name: "isolates without an end", text: "\u2067".repeat(200) + "*a*" },
  { name: "zalgo", text: `*h${"\u0300\u0316\u0489".repeat(500)}i*` },
  { name: "a giant grapheme", text: `**${"👩\u200d".repeat(500)}👩**` },
  { name: "nothing but what is not seen", text: "\u200b\u200c\u200d\u2060\ufeff" },
  { name: "null and its like", text: "null **undefined** [object Object] NaN `__proto__` \ufffd" },
  {
    name: "names of prototypes",
    text: "```__proto__\nconstructor\n```\n[__proto__](https://ok.test)\n1. toString",
  },
  { name: "control characters", text: "*a*\u0001\u0007\u001b[31m\u007f\u0085\u2028\u2029b" },
  { name: "halves of a pair", text: "*a* \ud83d \ude00" },
  { name: "an empty everything", text: "a\n#\n>\n-\n1.\n****\n``\n[]()\n![]()" },
  { name: "a number too large for a list", text: "999999999. a\n1000000000. b\n0. c\n-1. d" },
  { name: "blocks inside blocks", text: `${"> - 1. ".repeat(100)}**deep**` },
  { name: "emphasis inside emphasis", text: `${"**a _b ".repeat(500)}x${" c_ d**".repeat(500)}` },
];

export const attacks: readonly Attack[] = [...html, ...refusedSchemes, ...pretenders, ...text];
