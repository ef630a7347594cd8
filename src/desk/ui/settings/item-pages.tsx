// A section with a list, a page for a new one, and a page for each that there is.
import type { ComponentChildren } from "preact";
import type { KeptListStatus } from "../../store/settings/kept-list.ts";
import { KeptRows, NewLink } from "./kept-rows.tsx";
import type { Row } from "./kept-rows.tsx";
import { Missing } from "./missing.tsx";
import { Kept, Page } from "./page.tsx";
import type { SectionName } from "./sections.ts";
import { sectionTexts } from "./texts.ts";

interface Props<Item> {
  section: SectionName;
  path: readonly string[];
  list: {
    status: { value: KeptListStatus };
    items: { value: readonly Item[] };
    open: () => void;
    retry: () => Promise<void>;
  };
  /** What the button for a new one says. */
  create: string;
  rows: (items: readonly Item[]) => ComponentChildren;
  /** Null: a new one. */
  editor: (item: Item | null, path: readonly string[]) => ComponentChildren;
}

export function ItemPages<Item extends { id: number }>(props: Props<Item>) {
  const { section, path, list } = props;
  const [named, ...rest] = path;
  const { name, intro } = sectionTexts[section];
  if (named === undefined || named === "") {
    return (
      <Page
        title={name}
        intro={intro}
        action={<NewLink path={`${section}/new`}>{props.create}</NewLink>}
      >
        <Kept list={list}>{props.rows(list.items.value)}</Kept>
      </Page>
    );
  }
  if (named === "new") return <>{props.editor(null, rest)}</>;
  return (
    <Kept list={list}>
      <Found list={list} id={Number(named)} section={section}>
        {(item) => props.editor(item, rest)}
      </Found>
    </Kept>
  );
}

function Found<Item extends { id: number }>(props: {
  list: Props<Item>["list"];
  id: number;
  section: SectionName;
  children: (item: Item) => ComponentChildren;
}) {
  const item = props.list.items.value.find(({ id }) => id === props.id);
  return item ? <>{props.children(item)}</> : <Missing back={props.section} />;
}

/** A row for each item, which leads to its page. */
export function ItemRows<Item extends { id: number }>(props: {
  section: SectionName;
  items: readonly Item[];
  /** Without words for an empty list, there always is one. */
  words: { list: string; emptyTitle?: string; emptyText?: string };
  row: (item: Item) => Omit<Row, "key" | "path">;
}) {
  const { section, items, words, row } = props;
  const { list, emptyTitle, emptyText } = words;
  const rows = items.map((item) => ({
    ...row(item),
    key: item.id,
    path: `${section}/${item.id}`,
  }));
  return <KeptRows label={list} rows={rows} emptyTitle={emptyTitle} emptyText={emptyText} />;
}
