// A schema as the reference shows it: each field with its kind, its bounds and what is in it.
import { html } from "./html.ts";
import type { Html } from "./html.ts";
import type { JsonSchema } from "./schemas.ts";

export const nameOfReference = ({ $ref }: JsonSchema) => $ref?.split("/").at(-1);

/** Fields of fields are folded away. */
export function renderSchema(schema: JsonSchema): Html {
  const fields = fieldsOf(schema);
  if (!fields)
    return html`<p class="kind">${kindOf(schema)}</p>
      ${variantsOf(schema).map(renderVariant)}`;
  const list = Object.entries(fields.properties ?? {});
  return html`${schema === fields ? undefined : html`<p class="kind">${kindOf(schema)}</p>`}
  ${
    list.length === 0
      ? html`<p class="kind">an object</p>`
      : html`<dl class="fields">
          ${list.map(([name, field]) => renderField(name, field, fields.required ?? []))}
        </dl>`
  }`;
}

/** The objects among which a schema lets one choose. */
function variantsOf(schema: JsonSchema): JsonSchema[] {
  return (choicesOf(schema) ?? []).flatMap((one) => (one.properties ? [one] : variantsOf(one)));
}

function renderVariant(schema: JsonSchema): Html {
  const kind = schema.properties?.["type"];
  return html`<details>
    <summary>${kind ? html`Of type ${kindOf(kind)}` : "An object"}</summary>
    ${renderSchema(schema)}
  </details>`;
}

function renderField(name: string, field: JsonSchema, required: string[]): Html {
  const inner = fieldsOf(field);
  return html`<div>
    <dt>
      <code>${name}</code> <span class="kind">${kindOf(field)}</span>
      ${required.includes(name) && html`<span class="required">required</span>`}
    </dt>
    <dd>
      ${boundsOf(field)}
      ${
        inner &&
        html`<details>
          <summary>Fields of <code>${name}</code></summary>
          ${renderSchema(inner)}
        </details>`
      }
    </dd>
  </div>`;
}

const choicesOf = ({ anyOf, oneOf, allOf }: JsonSchema) => anyOf ?? oneOf ?? allOf;

/** The object that a schema is, or holds in a list, or as its one alternative to null. */
function fieldsOf(schema: JsonSchema): JsonSchema | undefined {
  if (schema.properties) return schema;
  if (schema.items) return fieldsOf(schema.items);
  const choices = choicesOf(schema)?.filter(({ type }) => type !== "null");
  return choices?.length === 1 && choices[0] ? fieldsOf(choices[0]) : undefined;
}

/** `list of Message`, `text or null`, with links to what has a name. */
function kindOf(schema: JsonSchema): Html {
  const name = nameOfReference(schema);
  if (name !== undefined) return html`<a href="#record-${name}">${name}</a>`;
  const choices = choicesOf(schema);
  if (choices) {
    return html`${choices.map((one, index) => html`${index > 0 && " or "}${kindOf(one)}`)}`;
  }
  const words = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  if (words) {
    return html`${words.map(
      (word, index) => html`${index > 0 && " | "}<code>${JSON.stringify(word)}</code>`,
    )}`;
  }
  if (schema.items) return html`list of ${kindOf(schema.items)}`;
  const types = [schema.type ?? []].flat().map((type) => kinds[type] ?? type);
  return html`${types.length === 0 ? "anything" : types.join(" or ")}`;
}

const kinds: Record<string, string> = {
  string: "text",
  integer: "whole number",
  boolean: "true or false",
  array: "list",
};

function boundsOf(schema: JsonSchema): Html | undefined {
  const said = [
    schema.description,
    schema.default !== undefined && `${JSON.stringify(schema.default)} unless told`,
    schema.minLength !== undefined && `at least ${schema.minLength} characters`,
    schema.maxLength !== undefined && `at most ${schema.maxLength} characters`,
    schema.minItems !== undefined && `at least ${schema.minItems}`,
    schema.maxItems !== undefined && `at most ${schema.maxItems}`,
    schema.minimum !== undefined && `from ${schema.minimum}`,
    schema.maximum !== undefined && `up to ${schema.maximum}`,
  ].filter((bound) => typeof bound === "string");
  return said.length === 0 ? undefined : html`<span class="bounds">${said.join(", ")}</span>`;
}
