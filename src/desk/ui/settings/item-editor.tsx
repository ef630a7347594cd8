// The form of one item of a section, new or kept.
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { FieldProblem, Result } from "../../../protocol/result.ts";
import { createForm } from "../../store/settings/form.ts";
import type { Form } from "../../store/settings/form.ts";
import type { KeptList } from "../../store/settings/kept-list.ts";
import { useForm, useGo } from "./context.ts";
import { EditorForm } from "./editor-form.tsx";
import { Page } from "./page.tsx";
import type { SectionName } from "./sections.ts";
import { texts } from "./texts.ts";

interface ItemForm<Item, Values, Input> {
  /** Null: a new one. */
  item: Item | null;
  list: Pick<KeptList<Item, Input>, "create" | "update">;
  valuesOf: (item: Item | null) => Values;
  check: (values: Values) => FieldProblem[];
  sentOf: (values: Values) => Input;
}

/** A form that creates an item or changes it, and follows what others change in it. */
export function useItemForm<Item extends { id: number }, Values extends object, Input>(
  props: ItemForm<Item, Values, Input>,
): Form<Values> {
  const { item, list, valuesOf, check, sentOf } = props;
  async function save(values: Values): Promise<Result<Values>> {
    const sent = sentOf(values);
    const result = item ? await list.update(item.id, sent) : await list.create(sent);
    return result.ok ? { ok: true, data: valuesOf(result.data) } : result;
  }
  const initial = valuesOf(item);
  const form = useForm(() => createForm({ initial, fields: Object.keys(initial), check, save }));
  useEffect(() => form.rebase(valuesOf(item)), [item]);
  return form;
}

interface Props<Values extends object> {
  section: SectionName;
  form: Form<Values>;
  /** What there is is called; without it, it is a new one. */
  title: string | undefined;
  /** What the page for a new one says. */
  create: string;
  /** At the end of one that there is. */
  more: ComponentChildren;
  children: ComponentChildren;
}

export function ItemEditor<Values extends object>(props: Props<Values>) {
  const { section, form, title, create, more, children } = props;
  const go = useGo();
  const isNew = title === undefined;
  return (
    <Page title={title ?? create} back={section}>
      <EditorForm
        form={form}
        isNew={isNew}
        {...(isNew ? { submit: texts.create } : {})}
        onSaved={() => go(section)}
        more={!isNew && more}
      >
        {children}
      </EditorForm>
    </Page>
  );
}
