// The API's description (OpenAPI 3.1), made of the routes' own schemas and the names in operations/.
import { z } from "zod";
import { choosesPart } from "../http/pages.ts";
import { errorSchema, validationErrorSchema } from "../../protocol/errors.ts";
import { exampleOf } from "./examples.ts";
import type { OperationGroup, OperationText } from "./operations/group.ts";
import { operationGroups } from "./operations.ts";
import { describePath } from "./path-parameters.ts";
import type { Parameter } from "./path-parameters.ts";
import type { DeclaredRoute } from "./routes-of.ts";
import { createSchemas } from "./schemas.ts";
import type { JsonSchema, Schemas } from "./schemas.ts";
import { securityOf, securitySchemes } from "./security.ts";
import { canAnswer, failureTexts, nameOf } from "./statuses.ts";

interface Content {
  schema: JsonSchema;
  example?: unknown;
}

export interface Answer {
  $ref?: string;
  description?: string;
  headers?: Record<string, { description: string; schema: JsonSchema }>;
  content?: Record<string, Content>;
}

export interface Operation {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  security: Record<string, string[]>[];
  parameters: Parameter[];
  requestBody?: { required: boolean; content: Record<string, Content> };
  responses: Record<string, Answer>;
}

export interface ApiDocument {
  openapi: "3.1.0";
  jsonSchemaDialect: string;
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, JsonSchema>;
    responses: Record<string, Answer>;
    securitySchemes: Record<string, object>;
  };
}

/** A route whose name is missing in operations/ is described all the same, by its path. */
export function createDocument(
  routes: DeclaredRoute[],
  { publicUrl, cookieName }: { publicUrl: string; cookieName: string },
): ApiDocument {
  const requests = routes.flatMap(({ body, querystring, params }) =>
    [body, querystring, params].filter((schema) => schema !== undefined),
  );
  const answers = routes.flatMap(({ response }) => Object.values(response));
  const schemas = createSchemas(requests, answers);
  const paths: ApiDocument["paths"] = {};
  for (const route of routes) {
    const { path, parameters } = describePath(route, schemas);
    (paths[path] ??= {})[route.method.toLowerCase()] = describe(route, parameters, schemas);
  }
  return {
    openapi: "3.1.0",
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    info: {
      title: "Parlor",
      version: "1",
      description:
        "Everything that the desk and the widget can do, for programs. Bodies may be JSON, forms or multipart messages.",
    },
    servers: [{ url: publicUrl }],
    tags: operationGroups.map(({ tag, about }) => ({ name: tag, description: about })),
    paths,
    components: {
      schemas: schemas.components,
      responses: sharedAnswers(schemas),
      securitySchemes: securitySchemes(cookieName),
    },
  };
}

/** The group and the text of a route; undefined when nobody has written it yet. */
export function textOf({
  method,
  url,
}: Pick<DeclaredRoute, "method" | "url">):
  { group: OperationGroup; text: OperationText } | undefined {
  const key = `${method} ${url}`;
  const group = operationGroups.find(({ operations }) => Object.hasOwn(operations, key));
  const text = group?.operations[key];
  return group && text && { group, text };
}

/** "List the agents of a team" is `listAgentsOfTeam`. */
function operationIdOf(summary: string): string {
  return joined(summary.replaceAll(/\b(an?|the)\b/g, ""), (word, index) =>
    index === 0 ? word : capital(word),
  );
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

function joined(text: string, each: (word: string, index: number) => string): string {
  const words = text.toLowerCase().split(/[^a-z\d]+/);
  return words
    .filter((word) => word !== "")
    .map(each)
    .join("");
}

function describe(route: DeclaredRoute, parameters: Parameter[], schemas: Schemas): Operation {
  const known = textOf(route);
  const [summary, row, more] = known?.text ?? [`${route.method} ${route.url}`];
  const description = [more, row === undefined ? undefined : `Row ${row} of seed 003.`]
    .filter((sentence) => sentence !== undefined)
    .join(" ");
  const operationId = operationIdOf(summary);
  return {
    operationId,
    summary,
    ...(description === "" ? {} : { description }),
    tags: [known?.group.tag ?? "Others"],
    security: securityOf(route.url),
    parameters,
    ...(route.body ? { requestBody: describeBody(operationId, route.body, schemas) } : {}),
    responses: describeAnswers(route, schemas),
  };
}

function describeBody(operationId: string, body: z.ZodType, schemas: Schemas) {
  const written = schemas.input(body);
  const name = `${capital(operationId)}Body`;
  schemas.components[name] = written;
  const schema = { $ref: `#/components/schemas/${name}` };
  return {
    required: (written.required ?? []).length > 0,
    content: {
      "application/json": { schema, example: exampleOf(written, schemas.components) },
      "application/x-www-form-urlencoded": { schema },
      "multipart/form-data": { schema },
    },
  };
}

function sharedAnswers(schemas: Schemas): Record<string, Answer> {
  return Object.fromEntries(
    Object.entries(failureTexts).map(([status, { title }]) => {
      const schema = ["400", "422"].includes(status) ? validationErrorSchema : errorSchema;
      return [nameOf(title), describeAnswer(status, schema, schemas)];
    }),
  );
}

function describeAnswers(route: DeclaredRoute, schemas: Schemas): Record<string, Answer> {
  const isPaged = !route.url.startsWith("/dialects/") && choosesPart(route.querystring);
  return Object.fromEntries(
    Object.entries(route.response)
      .filter(([status]) => canAnswer(route, Number(status)))
      .map(([status, schema]) => {
        const title = failureTexts[status]?.title;
        const isShared = schema === errorSchema || schema === validationErrorSchema;
        if (title !== undefined && isShared) {
          return [status, { $ref: `#/components/responses/${nameOf(title)}` }];
        }
        const answer = describeAnswer(status, schema, schemas);
        return [status, isPaged && status === "200" ? { ...answer, headers: pageHeaders } : answer];
      }),
  );
}

function describeAnswer(status: string, schema: z.ZodType, schemas: Schemas): Answer {
  const failure = failureTexts[status];
  const description = failure?.title ?? "Done";
  if (schema instanceof z.ZodUndefined) return { description: `${description}, without a body` };
  // What is a text by itself is a file or a page, and not JSON.
  if (schema instanceof z.ZodString) {
    const content = { schema: { type: "string" } };
    return { description, content: { "text/plain": content, "text/html": content } };
  }
  const json = schemas.output(schema);
  const isOurs = schema === errorSchema || schema === validationErrorSchema;
  const example = failure && isOurs ? failure.example : exampleOf(json, schemas.components);
  return {
    description,
    ...(status === "429" ? { headers: retryHeaders } : {}),
    content: { "application/json": { schema: json, example } },
  };
}

const header = (description: string, type: string) => ({ description, schema: { type } });
const pageHeaders = {
  "Total-Count": header("How many there are on all pages", "integer"),
  Link: header("The other pages (RFC 8288): first, prev, next, last", "string"),
};
const retryHeaders = { "Retry-After": header("Seconds after which to try again", "integer") };
