// Interfaces and aliases read from their source: names, types and what their comments say.

export interface Member {
  name: string;
  type: string;
  /** What its comment says, in one paragraph. */
  text: string;
  /** Whether it may be missing. */
  optional?: true;
}

const COMMENT = String.raw`\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n`;

/** A comment's own text, its lines kept apart. */
const linesOf = (comment: string) =>
  comment
    .replace(/\/\*\*|\*\//g, "")
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, "").trim());

const paragraph = (lines: string[]) => lines.join(" ").replace(/\s+/g, " ").trim();

const typeText = (source: string) =>
  source
    .replace(/\/\*\*[\s\S]*?\*\//g, "")
    .replace(/\s+/g, " ")
    .replace(/; \}/g, " }")
    .replace(/\( /g, "(")
    .replace(/, \)/g, ")")
    .replace(/^ ?\| /, "")
    .trim();

/** The members of an interface, in order, with what stands above each. */
export function membersOf(source: string, name: string): Member[] {
  const start = new RegExp(`^(?:export )?interface ${name}\\b[^\\n]*\\{\\n`, "m").exec(source);
  if (!start) throw new Error(`there is no interface ${name}`);
  const from = start.index + start[0].length;
  const body = source.slice(from, source.indexOf("\n}", from) + 1);
  const members = new RegExp(
    String.raw`((?: {2}${COMMENT})?) {2}(?:readonly )?(\w+)(\??): ((?:.|\n {4}.*|\n {2}[})])+?);\n`,
    "g",
  );
  return [...body.matchAll(members)].map(([, comment = "", member = "", optional, type = ""]) => ({
    name: member,
    type: typeText(type),
    text: paragraph(linesOf(comment)),
    ...(optional === "?" ? { optional: true } : {}),
  }));
}

/** What the comments within a member's own type say of its keys: `waitMs` and its text. */
export function innerComments(source: string, owner: string, member: string): [string, string][] {
  const body = new RegExp(`^export interface ${owner}\\b[\\s\\S]*?\\n\\}`, "m").exec(source)?.[0];
  const inner = new RegExp(`^ {2}${member}: \\{\\n([\\s\\S]*?)\\n {2}\\};`, "m").exec(body ?? "");
  const commented = new RegExp(String.raw`( {4}${COMMENT}) {4}(\w+)`, "g");
  return [...(inner?.[1] ?? "").matchAll(commented)].map(([, comment = "", key = ""]) => [
    key,
    paragraph(linesOf(comment)),
  ]);
}

export interface Comment {
  text: string;
  /** Its list, one code each: `- \`code\`: what it means`. */
  codes: [code: string, text: string][];
}

/** What a comment says, its list of codes apart. */
function readComment(comment: string): Comment {
  const lines = linesOf(comment);
  const end = lines.findIndex((line) => line.startsWith("- "));
  const list = end < 0 ? [] : lines.slice(end);
  const codes = paragraph(list)
    .split(/(?:^|\s)- (?=`)/)
    .flatMap((item): [string, string][] => {
      const [, code, text] = /^`(\w+)`: (.*)$/.exec(item.replace(/\s- .*$/, "")) ?? [];
      return code !== undefined && text !== undefined ? [[code, text.trim()]] : [];
    });
  return { text: paragraph(end < 0 ? lines : lines.slice(0, end)), codes };
}

/** The comment above a declaration, such as `type Party` or `const failureCodes`. */
export function commentOf(source: string, declaration: string): Comment {
  const above = new RegExp(`^((?:${COMMENT})?)(?:export )?${declaration}\\b`, "m").exec(source);
  if (!above) throw new Error(`there is no ${declaration}`);
  return readComment(above[1] ?? "");
}

/** What stands behind `type name =`; a list's words for a type that is made of one. */
export function aliasOf(source: string, name: string): string | undefined {
  const alias = new RegExp(
    `^(?:export )?type ${name}\\b(?:<[^\\n]*>)? =([\\s\\S]*?);$(?!\\n )`,
    "m",
  ).exec(source)?.[1];
  if (alias === undefined) return undefined;
  const text = typeText(alias);
  const [, list] = /^\(typeof (\w+)\)\[number\]$/.exec(text) ?? [];
  if (list === undefined) return text;
  const [, words = ""] = new RegExp(`const ${list} = \\[([^\\]]*)\\] as const`).exec(source) ?? [];
  return words
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "")
    .join(" | ");
}

export const isInterface = (source: string, name: string): boolean =>
  new RegExp(`^(?:export )?interface ${name}\\b`, "m").test(source);
