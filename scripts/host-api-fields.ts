// What can be typed into a form for a type of the host page's API: read from the type's own text.
import { aliasOf, isInterface, membersOf } from "./host-api-members.ts";

/** `textOrJson`: what opens a brace is JSON, all else a text. `json`: nothing simpler would hold it. */
export type FieldKind =
  "text" | "textOrJson" | "color" | "number" | "flag" | "choice" | "list" | "json" | "group";

export interface Field {
  name: string;
  kind: FieldKind;
  text: string;
  /** Of a `choice`. */
  options?: string[];
  /** Of a `group`. */
  fields?: Field[];
  /** Of arguments: whether the call wants it. */
  required?: boolean;
}

/** Splits where no bracket is open. */
function split(text: string, separator: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const [index, char] of text.split("").entries()) {
    if ("([{<".includes(char)) depth++;
    if (")]}".includes(char) || (char === ">" && text[index - 1] !== "=")) depth--;
    if (char === separator && depth === 0) parts.push("");
    else parts[parts.length - 1] += char;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

/** `name?: type` → its three parts. */
function declared(text: string): { name: string; type: string; required: boolean } {
  const [, name = "", optional, type = ""] = /^(\w+)(\??): (.*)$/s.exec(text) ?? [];
  return { name, type, required: optional === "" };
}

const wordsOf = (parts: string[]) =>
  parts.every((part) => /^".*"$/.test(part)) ? parts.map((part) => part.slice(1, -1)) : undefined;

const plain: Record<string, FieldKind> = {
  string: "text",
  number: "number",
  boolean: "flag",
  "string[]": "list",
};

/** Reads the fields of types that these sources name. */
export function createFieldReader(sources: string[]) {
  const all = sources.join("\n");

  function shapeOf(type: string): Pick<Field, "kind" | "options" | "fields"> {
    const parts = split(type, "|").filter((part) => part !== "null" && part !== "Element");
    const [only = ""] = parts;
    const options = wordsOf(parts);
    if (options) return { kind: "choice", options };
    if (parts.length > 1) return { kind: parts.includes("string") ? "textOrJson" : "json" };
    const kind = plain[only];
    if (kind) return { kind };
    const [, owner, key] = /^NonNullable<(\w+)\["(\w+)"\]>$/.exec(only) ?? [];
    if (owner) {
      return shapeOf(membersOf(all, owner).find(({ name }) => name === key)?.type ?? "");
    }
    if (/^\{.*\}$/.test(only)) {
      const members = split(only.slice(1, -1), ";").map(declared);
      return { kind: "group", fields: members.map(({ name, type }) => fieldOf(name, type)) };
    }
    if (!/^\w+$/.test(only)) return { kind: "json" };
    if (isInterface(all, only)) {
      const members = membersOf(all, only);
      return {
        kind: "group",
        fields: members.map(({ name, type, text }) => fieldOf(name, type, text)),
      };
    }
    const alias = aliasOf(all, only);
    return alias === undefined ? { kind: "json" } : shapeOf(alias);
  }

  function fieldOf(name: string, type: string, text = ""): Field {
    const shape = shapeOf(type);
    const kind = name === "color" && shape.kind === "text" ? "color" : shape.kind;
    return { name, text, ...shape, kind };
  }

  return {
    fieldOf,
    /** Of a method's type, `(a: string, b?: number) => Promise<void>`. */
    argumentsOf(type: string): Field[] {
      const [, list = ""] = /^\((.*)\) => /s.exec(type) ?? [];
      return split(list, ",")
        .map(declared)
        .map(({ name, type, required }) => ({ ...fieldOf(name, type), required }));
    },
  };
}
