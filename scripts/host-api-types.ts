// The part of docs/host-api.md that says what each named type holds, and what each code of an error means.
import { code, table } from "./host-api-markdown.ts";
import { aliasOf, commentOf, isInterface, membersOf } from "./host-api-members.ts";

/** The language's own and the browser's, and what a type calls its own parameters. */
const known = new Set(
  "Promise Record Pick Element AbortSignal NonNullable Parameters Key Name".split(" "),
);

/** Types that have a section of their own. */
const sections: Record<string, string> = {
  HostSettings: "settings",
  ParlorSettings: "settings",
  ParlorMethods: "methods",
  Parlor: "methods",
  EventDetails: "events",
};

/** The named types in the text of a type. */
export const namesIn = (type: string): string[] =>
  [...type.replace(/"[^"]*"/g, "").matchAll(/\b[A-Z]\w*/g)]
    .map(([name]) => name)
    .filter((name) => !known.has(name));

interface Explained {
  markdown: string;
  /** Types that it names in turn. */
  types: string[];
}

function explain(sources: string, name: string): Explained {
  const isShape = isInterface(sources, name);
  const { text, codes } = commentOf(sources, `${isShape ? "interface" : "type"} ${name}`);
  const section = sections[name];
  const heading = `### ${name}\n\n${text}`;
  if (section !== undefined) {
    return { markdown: `${heading} Its keys: see [above](#${section}).`, types: [] };
  }
  if (isShape) {
    const members = membersOf(sources, name);
    const rows = members.map(({ name: key, optional, type, text }) => [
      code(key + (optional ? "?" : "")),
      code(type),
      text,
    ]);
    return {
      markdown: `${heading}\n\n${table(["key", "type", "what it is"], rows)}`,
      types: members.map(({ type }) => type),
    };
  }
  const type = aliasOf(sources, name) ?? "";
  const [, parameters = ""] = new RegExp(`^export type ${name}(<.*>) =`, "m").exec(sources) ?? [];
  const list = codes.map(([word, meaning]) => `- \`${word}\`: ${meaning}`).join("\n");
  return {
    markdown: [heading, list, `\`\`\`ts\ntype ${name}${parameters} = ${type};\n\`\`\``]
      .filter((part) => part !== "")
      .join("\n\n"),
    types: [type],
  };
}

/** A section for each type that these name, and for each that those name, by the alphabet. */
export function typeSections(sources: string, types: string[]): string {
  const found = new Map<string, string>();
  const open = types.flatMap(namesIn);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    const { markdown, types: more } = explain(sources, name);
    found.set(name, markdown);
    open.push(...more.flatMap(namesIn));
  }
  return [...found]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, markdown]) => markdown)
    .join("\n\n");
}

/** Each code that a `ParlorError` or an `error` event may have. */
export function errorCodes(sources: { result: string; api: string; sdk: string }): string {
  const ofPackage = commentOf(sources.sdk, "type ErrorCode").codes;
  const rows = [
    ...commentOf(sources.result, "const failureCodes").codes,
    ...commentOf(sources.api, "type ParlorErrorCode").codes,
    ...ofPackage.map(([name, text]): [string, string] => [name, `${text} (npm package only)`]),
  ];
  return table(
    ["code", "what it means"],
    rows.map(([name, text]) => [code(name), text]),
  );
}
