// Turns the ES chunks of a browser build into one classic script and the stages that it fetches.
//
// The entry becomes an IIFE that a page can load with a plain `<script src>`: nothing reaches the global
// scope. Every other chunk becomes `export default (chunks, load) => …`: a function that is given what
// the chunks before it export, because a module cannot import from a classic script. Addresses are made
// absolute from the entry's own `src`: a cross-origin classic script has no base URL for `import()`.
//
// What the entry exports is a list: by place it is some 80 bytes smaller than by name, and every page pays for it.
// So a chunk fits the entry of its own build alone, and has a name of that build: browsers keep a name's file for a year.
// What a chunk imports is read once, when it is evaluated: an exported binding must not be assigned later.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Plugin, Rolldown } from "vite";

interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

interface Edit {
  start: number;
  end: number;
  text: string;
}

interface Rewrite {
  edits: Edit[];
  /** Destructuring of what other chunks export. */
  imports: string[];
  /** What this chunk exports, by name. */
  exports: Map<string, string>;
}

const CHUNKS = "$$chunks";
const LOAD = "$$load";
const BASE = "$$base";
const FINGERPRINT_LENGTH = 8;

export interface Chunk {
  fileName: string;
  code: string;
  isEntry: boolean;
}

/** What the others import from: the file, and the names of what it exports. */
export interface Entry {
  fileName: string;
  exports: string[];
}

/** How a file of the build is asked for, and where it keeps what it exports under a name. */
interface Addresses {
  of: (specifier: string) => string;
  isEntry: (address: string) => boolean;
  key: (address: string, name: string) => string;
}

/** Answers the chunk's new code. `parse` is the bundler's own parser (ESTree). */
export function rewriteChunk(chunk: Chunk, entry: Entry, parse: (code: string) => unknown) {
  const { code, fileName } = chunk;
  const entryFile = entry.fileName;
  for (const name of [CHUNKS, LOAD, BASE]) {
    if (code.includes(name))
      throw new Error(`two-stage: ${fileName} already uses the name ${name}`);
  }
  const program = parse(code) as Node & { body: Node[] };
  const of = (specifier: string) =>
    path.posix.relative(
      path.posix.dirname(entryFile),
      path.posix.join(path.posix.dirname(fileName), specifier),
    );
  const entryAddress = path.posix.basename(entryFile);
  const addresses: Addresses = {
    of,
    isEntry: (address) => address === entryAddress,
    key(address, name) {
      if (address !== entryAddress) return JSON.stringify(name);
      const place = entry.exports.indexOf(name);
      if (place < 0) throw new Error(`two-stage: ${entryFile} exports no ${name}`);
      return String(place);
    },
  };
  const rewrite: Rewrite = { edits: [], imports: [], exports: new Map() };
  for (const statement of program.body) rewriteStatement(statement, addresses, rewrite);
  rewriteExpressions(program, of, rewrite, fileName);
  const body = apply(code, rewrite.edits);
  const own = JSON.stringify(of(`./${path.posix.basename(fileName)}`));
  const exported = chunk.isEntry
    ? `[${entry.exports.map((name) => rewrite.exports.get(name)).join(",")}]`
    : `{${[...rewrite.exports].map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(",")}}`;
  const imports = rewrite.imports.length > 0 ? `const ${rewrite.imports.join(",")};` : "";
  if (chunk.isEntry) {
    if (imports) throw new Error(`two-stage: the entry ${fileName} must not import another chunk`);
    return (
      // Without "use strict": where a page has frozen Object.prototype, an assignment to a name that stands there
      // (signals have a `valueOf` of their own) then does nothing, where a strict one throws.
      `(()=>{const ${BASE}=document.currentScript?.src||document.baseURI,${CHUNKS}={},` +
      // Some browsers remember for ever that a module did not load: the second try has an address of its own.
      `${LOAD}=(e,t=new URL(e,${BASE}).href)=>import(t).catch(()=>import(t+"?"+Date.now()))` +
      `.then(e=>e.default(${CHUNKS},${LOAD}));` +
      `${body}\n${CHUNKS}[${own}]=${exported}})();\n`
    );
  }
  return `export default(${CHUNKS},${LOAD})=>${CHUNKS}[${own}]??=(()=>{${imports}${body}\nreturn${exported}})();\n`;
}

function nameOf(node: unknown): string {
  const { name, value } = node as { name?: string; value?: string };
  return name ?? value ?? "";
}

function rewriteStatement(
  statement: Node,
  addresses: Addresses,
  { edits, imports, exports }: Rewrite,
): void {
  const source = statement["source"] as { value: string } | null | undefined;
  const address = source ? addresses.of(source.value) : "";
  const from = `${CHUNKS}[${JSON.stringify(address)}]`;
  const specifiers = (statement["specifiers"] ?? []) as Node[];
  const drop = () => edits.push({ start: statement.start, end: statement.end, text: "" });

  if (statement.type === "ImportDeclaration") {
    const names: string[] = [];
    for (const specifier of specifiers) {
      const local = nameOf(specifier["local"]);
      if (specifier.type === "ImportNamespaceSpecifier") {
        if (addresses.isEntry(address))
          throw new Error("two-stage: the entry has no names to read");
        imports.push(`${local}=${from}`);
      } else if (specifier.type === "ImportDefaultSpecifier") {
        names.push(`${addresses.key(address, "default")}:${local}`);
      } else names.push(`${addresses.key(address, nameOf(specifier["imported"]))}:${local}`);
    }
    if (names.length > 0) imports.push(`{${names.join(",")}}=${from}`);
    drop();
  } else if (statement.type === "ExportNamedDeclaration" && statement["declaration"] == null) {
    for (const specifier of specifiers) {
      const local = nameOf(specifier["local"]);
      const value = source ? `${from}[${addresses.key(address, local)}]` : local;
      exports.set(nameOf(specifier["exported"]), value);
    }
    drop();
  } else if (statement.type.startsWith("Export")) {
    throw new Error(`two-stage: cannot rewrite ${statement.type}`);
  }
}

/** Replaces every `import("…")`, and refuses what only a module may say. */
function rewriteExpressions(
  node: unknown,
  address: (specifier: string) => string,
  rewrite: Rewrite,
  fileName: string,
): void {
  if (Array.isArray(node)) {
    for (const item of node) rewriteExpressions(item, address, rewrite, fileName);
    return;
  }
  if (typeof node !== "object" || node === null) return;
  const { type, start, end, source } = node as Node & { source?: Node & { value?: unknown } };
  if (type === "ImportExpression") {
    const specifier = source?.["value"] ?? templateText(source);
    if (typeof specifier !== "string") {
      throw new Error(`two-stage: ${fileName} imports an address that is not a plain string`);
    }
    rewrite.edits.push({ start, end, text: `${LOAD}(${JSON.stringify(address(specifier))})` });
    return;
  }
  if (type === "MetaProperty" && (node as Node & { meta: unknown }).meta) {
    if (nameOf((node as Node)["meta"]) === "import") {
      throw new Error(`two-stage: ${fileName} uses import.meta, which a classic script has not`);
    }
  }
  for (const value of Object.values(node)) rewriteExpressions(value, address, rewrite, fileName);
}

function templateText(node: Node | undefined): string | undefined {
  const quasis = node?.type === "TemplateLiteral" ? (node["quasis"] as Node[]) : [];
  const only = quasis[0]?.["value"] as { cooked?: string } | undefined;
  return quasis.length === 1 ? only?.cooked : undefined;
}

function apply(code: string, edits: Edit[]): string {
  let result = code;
  for (const { start, end, text } of edits.toSorted((a, b) => b.start - a.start)) {
    result = result.slice(0, start) + text + result.slice(end);
  }
  return result;
}

/** The same for the same code, built alike. */
function fingerprint(context: Rolldown.PluginContext): string {
  const codes = [...context.getModuleIds()].map((id) => context.getModuleInfo(id)?.code ?? "");
  const builders = [context.meta.rolldownVersion, readFileSync(import.meta.filename, "utf8")];
  const hash = createHash("sha256");
  for (const text of [...codes.toSorted(), ...builders]) hash.update(text).update("\0");
  return hash.digest("hex").slice(0, FINGERPRINT_LENGTH);
}

/** A Vite plugin for the widget's build: exactly one entry, ES output. */
export function twoStage(): Plugin {
  let build = "";
  return {
    name: "parlor:two-stage",
    apply: "build",
    enforce: "post",
    configResolved(config) {
      // Vite wraps every `import()` in a helper that preloads what the chunk needs, by import.meta. Here
      // everything is in the entry already, and a worker is the one kind of build without the helper.
      Object.assign(config, { isWorker: true });
    },
    // The same for all, which repeats well: the entry names a score of them, and every page pays for that.
    outputOptions(options) {
      const { chunkFileNames: pattern } = options;
      if (typeof pattern !== "string") this.error("two-stage: chunkFileNames must be a pattern");
      return { ...options, chunkFileNames: () => pattern.replace("[hash]", build) };
    },
    renderStart() {
      build = fingerprint(this);
    },
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === "chunk");
      const entries = chunks.filter((chunk) => chunk.isEntry);
      const entry = entries[0];
      if (!entry || entries.length > 1) this.error("two-stage: the build needs exactly one entry");
      for (const chunk of chunks) {
        // What nobody asks for by itself is never there when it is read.
        const lost = chunk.imports.find((file) =>
          chunks.some((one) => one.fileName === file && !one.isEntry && !one.isDynamicEntry),
        );
        if (lost) this.error(`two-stage: ${chunk.fileName} reads from ${lost}, which nobody loads`);
        chunk.code = rewriteChunk(chunk, entry, (code) => this.parse(code));
      }
    },
  };
}
