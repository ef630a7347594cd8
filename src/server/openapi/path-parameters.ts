// The parameters of an operation: those of its path and those of its query.
import { exampleOf } from "./examples.ts";
import type { DeclaredRoute } from "./routes-of.ts";
import type { JsonSchema, Schemas } from "./schemas.ts";

export interface Parameter {
  name: string;
  in: "path" | "query";
  required: boolean;
  description?: string;
  schema: JsonSchema;
  example?: unknown;
  style?: "form" | "simple";
  explode?: boolean;
}

/** What a path calls its parts, where the pattern's own word with `_id` would not do. */
const names: Record<string, { name: string; description: string }> = {
  inbox: { name: "inbox_identifier", description: "The inbox's public identifier" },
  source: { name: "contact_identifier", description: "The visitor's source id" },
};

/** The path with its parameters in braces, and all parameters. */
export function describePath(
  { url, params, querystring }: DeclaredRoute,
  schemas: Schemas,
): { path: string; parameters: Parameter[] } {
  const ofPath = params ? schemas.input(params).properties : undefined;
  const parameters: Parameter[] = [];
  const path = url.replaceAll(/:(\w+)/g, (_match, part: string) => {
    const { name, description } = names[part] ?? nameOf(part);
    const byPattern: JsonSchema = names[part] ? { type: "string" } : { type: "integer" };
    const schema = ofPath?.[part] ?? byPattern;
    parameters.push({
      name,
      in: "path",
      required: true,
      ...(description === "" ? {} : { description }),
      schema,
      example: exampleOf(schema, {}, name),
    });
    return `{${name}}`;
  });
  const query = querystring ? schemas.input(querystring) : {};
  for (const [name, schema] of Object.entries(query.properties ?? {})) {
    const required = query.required?.includes(name) ?? false;
    parameters.push({ name, in: "query", required, schema });
  }
  return { path, parameters };
}

function nameOf(part: string) {
  const description = part === "conversation" ? "The conversation's number in the account" : "";
  return { name: part.endsWith("_id") ? part : `${part}_id`, description };
}
