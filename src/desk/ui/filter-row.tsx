// One condition of a filter: what is asked about, how, and with which values.
import { useId } from "preact/hooks";
import { fixedOptions, inputOf, needsValue, newRow, standardKeys } from "../store/filter.ts";
import type { FilterField, FilterOperator, FilterRow } from "../store/filter.ts";
import { useWorkspace } from "./desk-context.ts";
import { TrashIcon } from "./icons-workspace.tsx";
import { statusTexts } from "./texts.ts";
import {
  conditionText,
  filterKeyTexts,
  findingTexts as texts,
  operatorText,
} from "./texts-finding.ts";
import { priorityTexts } from "./texts-workspace.ts";

interface Props {
  number: number;
  row: FilterRow;
  fields: readonly FilterField[];
  isWrong: boolean;
  onChange: (row: FilterRow) => void;
  onRemove: (() => void) | null;
}

function nameOf({ key, name }: FilterField): string {
  const own = standardKeys.find((one) => one === key);
  return name ?? (own ? filterKeyTexts[own] : key);
}

export function FilterRowView({ number, row, fields, isWrong, onChange, onRemove }: Props) {
  const problemId = useId();
  // A saved filter may ask for what the account no longer defines.
  const unknown: FilterField = {
    key: row.key,
    name: row.key,
    input: "text",
    operators: [row.operator],
    options: null,
  };
  const field = fields.find(({ key }) => key === row.key) ?? unknown;
  const all = field === unknown ? [...fields, unknown] : fields;
  return (
    <fieldset class="filter-row" aria-describedby={isWrong ? problemId : undefined}>
      <legend class="visually-hidden">{conditionText(number)}</legend>
      <select
        aria-label={texts.attribute}
        value={row.key}
        onChange={({ currentTarget: { value } }) => {
          const next = all.find(({ key }) => key === value);
          if (next) onChange(newRow(next));
        }}
      >
        {all.map((one) => (
          <option key={one.key} value={one.key}>
            {nameOf(one)}
          </option>
        ))}
      </select>
      <select
        aria-label={texts.operator}
        value={row.operator}
        onChange={({ currentTarget: { value } }) => {
          const operator = field.operators.find((one) => one === value);
          if (operator) onChange(withOperator(field, row, operator));
        }}
      >
        {field.operators.map((one) => (
          <option key={one} value={one}>
            {operatorText(one, field.input === "date")}
          </option>
        ))}
      </select>
      {onRemove && (
        <button
          type="button"
          class="icon-button"
          aria-label={texts.removeCondition}
          title={texts.removeCondition}
          onClick={onRemove}
        >
          <TrashIcon />
        </button>
      )}
      {needsValue(row.operator) && (
        <Values field={field} row={row} onChange={(values) => onChange({ ...row, values })} />
      )}
      {isWrong && (
        <p id={problemId} class="field-problem" role="alert">
          {texts.incomplete}
        </p>
      )}
    </fieldset>
  );
}

/** Another kind of question begins without an answer. */
function withOperator(field: FilterField, row: FilterRow, operator: FilterOperator): FilterRow {
  const isSame = inputOf(field, operator) === inputOf(field, row.operator);
  return { ...row, operator, values: isSame ? row.values : [] };
}

interface ValuesProps {
  field: FilterField;
  row: FilterRow;
  onChange: (values: string[]) => void;
}

function Values({ field, row, onChange }: ValuesProps) {
  const input = inputOf(field, row.operator);
  const choices = useChoices(field);
  if (input === "choice") return <Choices choices={choices} row={row} onChange={onChange} />;
  const [value = ""] = row.values;
  if (input === "boolean") {
    return (
      <select
        class="filter-value"
        aria-label={texts.value}
        value={value}
        onChange={({ currentTarget }) => onChange([currentTarget.value])}
      >
        <option value="true">{texts.yes}</option>
        <option value="false">{texts.no}</option>
      </select>
    );
  }
  const rest = {
    class: "filter-value",
    "aria-label": row.operator === "days_before" ? texts.days : texts.value,
    value,
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement }) =>
      onChange([currentTarget.value]),
  };
  if (input === "date") return <input type="date" {...rest} />;
  if (input === "text") return <input type="text" dir="auto" {...rest} />;
  return row.operator === "days_before" ? (
    <input type="number" min={0} max={36_500} step={1} {...rest} />
  ) : (
    <input type="number" step="any" {...rest} />
  );
}

interface Choice {
  value: string;
  name: string;
}

function useChoices(field: FilterField): Choice[] {
  const { agents, inboxes, accountLists } = useWorkspace();
  const named = (items: readonly { id: number; name: string }[]) =>
    items.map(({ id, name }) => ({ value: String(id), name }));
  switch (field.key) {
    case "assignee_id":
      return agents.all.value.map((one) => ({ value: String(one.id), name: one.available_name }));
    case "inbox_id":
      return named(inboxes.all.value);
    case "team_id":
      return named(accountLists.teams.value);
    case "labels":
      return accountLists.labels.value.map(({ title }) => ({ value: title, name: title }));
    default: {
      const words: Partial<Record<string, string>> = { ...statusTexts, ...priorityTexts };
      const isFixed = fixedOptions[field.key] !== undefined;
      return (fixedOptions[field.key] ?? field.options ?? []).map((value) => ({
        value,
        name: (isFixed ? words[value] : undefined) ?? value,
      }));
    }
  }
}

/** One or several: any of them fits. */
function Choices(props: { choices: Choice[]; row: FilterRow; onChange: ValuesProps["onChange"] }) {
  const { choices, row, onChange } = props;
  const unknown = row.values
    .filter((value) => choices.every((choice) => choice.value !== value))
    .map((value) => ({ value, name: value }));
  const name = useId();
  return (
    <fieldset class="filter-choices" aria-label={texts.value}>
      {[...choices, ...unknown].map((choice) => (
        <label key={choice.value} class="choice">
          <input
            type="checkbox"
            name={name}
            checked={row.values.includes(choice.value)}
            onChange={({ currentTarget: { checked } }) =>
              onChange(
                checked
                  ? [...row.values, choice.value]
                  : row.values.filter((value) => value !== choice.value),
              )
            }
          />
          <span dir="auto">{choice.name}</span>
        </label>
      ))}
    </fieldset>
  );
}
