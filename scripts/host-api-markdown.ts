// Tables of docs/host-api.md.

const cell = (text: string) => text.replace(/(?<!\\)\|/g, "\\|");

export const code = (text: string): string => `\`${cell(text)}\``;

export function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
