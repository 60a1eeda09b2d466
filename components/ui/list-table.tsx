import type { ReactNode } from "react";
import { type BulkActs, ChoosePage, Selection } from "./selection";
import { Header, SortHeader, Table, TableHead } from "./table";
import { type Column, type Instant, TableRows } from "./table-rows";
import type { TableView } from "./table-view";

/** One column of a list: its name, how it stands, and what it holds of a row. The first names the row and always shows. */
export interface ListColumn<Item> extends Omit<Column, "label"> {
  /** Its name in the address, for hiding and sorting. */
  key: string;
  heading: string;
  /** Stands before the value on a phone too. */
  labelled?: boolean;
  sorts?: boolean;
  value: (item: Item) => ReactNode | Instant;
}

export interface ListTableProps<Item> {
  /** What the table lists; read aloud, not shown. */
  caption: string;
  columns: readonly ListColumn<Item>[];
  rows: readonly Item[];
  view: TableView;
  /** The record's page: the whole row leads there. */
  href: (item: Item) => string;
  /** Stands behind the name: a state. */
  mark?: (item: Item) => ReactNode;
  /** What may be done with several rows at once; left out where nothing may. Needs `id`. */
  bulk?: BulkActs | undefined;
  /** The id of a row, for choosing it. */
  id?: (item: Item) => string;
}

/** The rows of one page of a list, with the columns that the address shows. */
export function ListTable<Item>({
  caption,
  columns,
  rows,
  view,
  href,
  mark,
  bulk,
  id,
}: ListTableProps<Item>) {
  const shown = columns.filter(({ key }, index) => index === 0 || !view.hidden.has(key));
  const choosable = bulk !== undefined && id !== undefined;
  const table = (
    <Table caption={caption}>
      <TableHead>
        {choosable && (
          <Header className="w-8">
            <ChoosePage />
          </Header>
        )}
        {shown.map(({ key, heading, sorts, numeric, hideBelow }) => {
          const look = { numeric, hideBelow };
          return sorts ? (
            <SortHeader key={key} view={view} column={key} {...look}>
              {heading}
            </SortHeader>
          ) : (
            <Header key={key} {...look}>
              {heading}
            </Header>
          );
        })}
      </TableHead>
      <TableRows
        columns={shown.map(({ heading, labelled, numeric, hideBelow, side, className }) => ({
          label: labelled ? heading : undefined,
          numeric,
          hideBelow,
          side,
          className,
        }))}
        rows={rows.map((item) => ({
          href: href(item),
          values: shown.map(({ value }) => value(item)),
          mark: mark?.(item),
        }))}
        choosable={choosable}
      />
    </Table>
  );
  if (!choosable) return table;
  return (
    <Selection {...bulk} page={rows.map(id)}>
      {table}
    </Selection>
  );
}

/** The columns that can be hidden, for the menu that does it. */
export function columnChoices<Item>(columns: readonly ListColumn<Item>[]) {
  return columns.slice(1).map(({ key, heading }) => ({ key, heading }));
}
