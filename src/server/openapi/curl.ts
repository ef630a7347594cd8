// An operation's example as a command line.
import type { Operation } from "./document.ts";

/** For a POSIX shell: within single quotes nothing means anything. */
const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** Each option on a line of its own. */
export function curlOf(
  server: string,
  { method, path, operation }: { method: string; path: string; operation: Operation },
): string {
  let address = server + path;
  for (const { name, in: place, example } of operation.parameters) {
    if (place === "path")
      address = address.replace(`{${name}}`, encodeURIComponent(String(example)));
  }
  const lines = [
    method === "GET" ? `curl ${quoted(address)}` : `curl -X ${method} ${quoted(address)}`,
  ];
  const [scheme] = operation.security;
  if (scheme && "accessToken" in scheme) lines.push(`-H 'Api-Access-Token: TOKEN'`);
  else if (scheme) lines.push(`-H 'Authorization: Bearer TOKEN'`);
  const body = operation.requestBody?.content["application/json"]?.example;
  if (body !== undefined) {
    lines.push(`-H 'Content-Type: application/json'`);
    lines.push(`-d ${quoted(JSON.stringify(body, undefined, 2))}`);
  }
  return lines.join(" \\\n  ");
}
