// Holding what was answered against the API's description.
import { Ajv2020 } from "ajv/dist/2020.js";
import type { ValidateFunction } from "ajv/dist/2020.js";
import type { Answer, ApiDocument, Operation } from "../openapi/document.ts";
import type { JsonSchema } from "../openapi/schemas.ts";

export interface DescribedOperation {
  /** Such as `GET /api/v1/accounts/{account_id}/agents`. */
  name: string;
  operation: Operation;
}

export interface DocumentChecks {
  /** All of them. */
  operations: DescribedOperation[];
  /** The operation that a request means; undefined when the document knows none. */
  find(method: string, pathname: string): DescribedOperation | undefined;
  /** What is wrong with an answer of this operation; undefined when it is as described. */
  faultOfAnswer(described: DescribedOperation, status: number, body: string): string | undefined;
  /** What is wrong with the example of a content, if it has one. */
  faultsOfExample(
    content: { schema: JsonSchema; example?: unknown } | undefined,
    name: string,
  ): string[];
}

/** Compiles each schema when it is first needed. */
export function createDocumentChecks(document: ApiDocument): DocumentChecks {
  const ajv = new Ajv2020({
    strict: false,
    validateFormats: false,
    // The document itself is checked elsewhere; and what is referred to is compiled once.
    validateSchema: false,
    inlineRefs: false,
  });
  ajv.addSchema({ components: document.components }, "api");
  const compiled = new Map<string, ValidateFunction>();
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => {
      const name = `${method.toUpperCase()} ${path}`;
      return { name, method: method.toUpperCase(), pattern: patternOf(path), operation };
    }),
  );
  // What names more of the path comes first: `/contacts/search` before `/contacts/{contact_id}`.
  operations.sort((a, b) => a.name.split("{").length - b.name.split("{").length);

  function validatorOf(schema: JsonSchema): ValidateFunction {
    const text = JSON.stringify(schema).replaceAll('"#/components/', '"api#/components/');
    const known = compiled.get(text);
    if (known) return known;
    const validate = ajv.compile(JSON.parse(text) as object);
    compiled.set(text, validate);
    return validate;
  }

  function faultOf(schema: JsonSchema, value: unknown): string | undefined {
    const validate = validatorOf(schema);
    if (validate(value)) return undefined;
    return ajv.errorsText(validate.errors?.slice(0, 4), { dataVar: "body" });
  }

  function resolve(answer: Answer): Answer {
    const name = answer.$ref?.split("/").at(-1);
    return name === undefined ? answer : (document.components.responses[name] ?? answer);
  }

  return {
    operations,
    find: (method, pathname) =>
      operations.find((one) => one.method === method && one.pattern.test(pathname)),
    faultOfAnswer({ operation }, status, body) {
      const described = operation.responses[status];
      if (!described) return `answers ${status}, which the document does not list`;
      const contents = resolve(described).content;
      if (contents && "text/plain" in contents) return undefined;
      const content = contents?.["application/json"];
      if (!content) return body === "" ? undefined : `${status} has a body, and should have none`;
      const value = parse(body);
      if (value === undefined) return `${status} has a body that is no JSON: ${body.slice(0, 100)}`;
      const fault = faultOf(content.schema, value);
      return fault && `${status}: ${fault}`;
    },
    faultsOfExample(content, name) {
      if (content?.example === undefined) return [];
      const fault = faultOf(content.schema, content.example);
      return fault === undefined ? [] : [`${name}: ${fault}`];
    },
  };
}

function patternOf(path: string): RegExp {
  const parts = path.split(/\{\w+\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^/]+")}/?$`);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}
