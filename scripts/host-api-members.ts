// Interfaces read from their source: names, types and what their comments say.

export interface Member {
  name: string;
  type: string;
  /** What its comment says, in one paragraph. */
  text: string;
}

/** The members of an interface, in order, with what stands above each. */
export function membersOf(source: string, name: string): Member[] {
  const start = new RegExp(`^export interface ${name}\\b[^\\n]*\\{\\n`, "m").exec(source);
  if (!start) throw new Error(`there is no interface ${name}`);
  const from = start.index + start[0].length;
  const body = source.slice(from, source.indexOf("\n}", from) + 1);
  const members =
    /((?: {2}\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?) {2}(\w+)(\??): ((?:.|\n {4}.*|\n {2}\})+?);\n/g;
  return [...body.matchAll(members)].map(([, comment = "", member = "", , type = ""]) => ({
    name: member,
    type: type
      .replace(/\/\*\*[\s\S]*?\*\//g, "")
      .replace(/\s+/g, " ")
      .replace(/; \}/g, " }"),
    text: comment
      .replace(/\/\*\*|\*\//g, "")
      .replace(/^\s*\* ?/gm, " ")
      .replace(/\s+/g, " ")
      .trim(),
  }));
}
