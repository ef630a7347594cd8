// Custom attributes, by the account's definitions: each with the field of its kind. What is set without
// a definition is shown as it is.
import type { AttributeModel } from "../../protocol/lists.ts";
import { NAME_MAX_LENGTH, URL_MAX_LENGTH } from "../../protocol/limits.ts";
import type { CustomAttribute } from "../../protocol/records-administration.ts";
import { failure } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import { listOf } from "../store/filter.ts";
import { useWorkspace } from "./desk-context.ts";
import { EditableFact } from "./editable-fact.tsx";
import type { FactInput } from "./editable-fact.tsx";
import { Fact } from "./fact.tsx";

interface Props {
  model: AttributeModel;
  title: string;
  values: Record<string, unknown>;
  /** Undefined: they are shown only. */
  save: ((values: Record<string, unknown>) => Promise<Result<unknown>>) | undefined;
}

const inputs: Record<Exclude<CustomAttribute["attribute_display_type"], "checkbox">, FactInput> = {
  text: "text",
  number: "number",
  currency: "number",
  percent: "number",
  link: "url",
  date: "date",
  list: "list",
};

export const textOf = (value: unknown): string =>
  value == null ? "" : typeof value === "string" ? value : JSON.stringify(value);

export function Attributes({ model, title, values, save }: Props) {
  const { accountLists } = useWorkspace();
  const defined = accountLists.attributes.value.filter((one) => one.attribute_model === model);
  const others = Object.entries(values).filter(([key]) =>
    defined.every((one) => one.attribute_key !== key),
  );
  if (defined.length + others.length === 0) return null;
  return (
    <section class="facts">
      <h3>{title}</h3>
      <dl class="fact-list">
        {defined.map((definition) => (
          <Attribute
            key={definition.id}
            definition={definition}
            value={values[definition.attribute_key]}
            save={save}
          />
        ))}
        {others.map(([key, value]) => (
          <Fact key={key} name={key}>
            {textOf(value)}
          </Fact>
        ))}
      </dl>
    </section>
  );
}

interface AttributeProps {
  definition: CustomAttribute;
  value: unknown;
  save: Props["save"];
}

function Attribute({ definition, value, save }: AttributeProps) {
  const { attribute_key: key, attribute_display_name: name } = definition;
  const type = definition.attribute_display_type;
  if (type === "checkbox") {
    return (
      <Fact name={name}>
        <input
          type="checkbox"
          aria-label={name}
          checked={value === true || value === "true"}
          disabled={!save}
          onChange={({ currentTarget }) => void save?.({ [key]: currentTarget.checked })}
        />
      </Fact>
    );
  }
  const text = textOf(value);
  const shown = type === "date" ? text.slice(0, 10) : text;
  return (
    <EditableFact
      name={name}
      input={inputs[type]}
      value={shown}
      options={type === "list" ? listOf(definition.attribute_values) : []}
      maxLength={type === "link" ? URL_MAX_LENGTH : NAME_MAX_LENGTH * 4}
      save={
        save &&
        (async (said) => {
          const next = storedValue(inputs[type], said);
          return next === undefined
            ? failure("invalid", "does not fit its kind", { field: key })
            : await save({ [key]: next });
        })
      }
    >
      {type === "link" && isWebLink(shown) ? (
        <a class="text-link" href={shown} target="_blank" rel="noreferrer noopener">
          {shown}
        </a>
      ) : (
        shown + (shown !== "" && type === "percent" ? " %" : "")
      )}
    </EditableFact>
  );
}

function isWebLink(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** What is kept of what was written: `null` for nothing, undefined for what does not fit. */
function storedValue(input: FactInput, said: string): string | number | null | undefined {
  if (said === "") return null;
  if (input === "number") return Number.isFinite(Number(said)) ? Number(said) : undefined;
  if (input === "url") return isWebLink(said) ? said : undefined;
  return said;
}
