import { expect, test } from "vitest";
import { columnChoices, type ListColumn, ListTable } from "@/components/ui/list-table";
import { readTableView } from "@/components/ui/table-view";
import { ViewMenu } from "@/components/ui/view-menu";
import { seen } from "./seen";

interface Frame {
  readonly id: string;
  readonly name: string;
  readonly price: number;
  readonly units: number;
}

const frames: Frame[] = [
  { id: "lenga", name: "Lenga", price: 59_990, units: 4 },
  { id: "duna", name: "Duna", price: 45_000, units: 0 },
];
const columns: ListColumn<Frame>[] = [
  { key: "name", heading: "Producto", value: ({ name }) => name },
  {
    key: "price",
    heading: "Precio",
    sorts: true,
    numeric: true,
    labelled: true,
    value: ({ price }) => price,
  },
  { key: "units", heading: "Unidades", hideBelow: "lg", value: ({ units }) => units },
];

const listAt = (parameters: Record<string, string>) =>
  seen(
    <ListTable
      caption="Marcos"
      columns={columns}
      rows={frames}
      view={readTableView("/frames", parameters)}
      href={({ id }) => `/frames/${id}`}
      mark={({ units }) => units === 0 && <b>agotado</b>}
    />,
  );

test("a list names its rows, leads to each, and says what state one is in", () => {
  const list = listAt({});
  expect(list.rows).toEqual([
    ["Producto", "Precio", "Unidades"],
    ["Lenga", "59990", "4"],
    ["Duna agotado", "45000", "0"],
  ]);
  expect(list.href("Duna")).toBe("/frames/duna");
});

test("a column that sorts does so by its key and keeps what is left out", () => {
  expect(listAt({ hide: "units" }).href("Precio")).toBe("/frames?hide=units&sort=price");
});

test("a value is told its column on a phone where the column asks for it", () => {
  expect(listAt({}).all("td", { "data-label": "Precio" })).toHaveLength(2);
  expect(listAt({}).all("td", { "data-label": "Unidades" })).toHaveLength(0);
});

test("what the address leaves out is gone from headings and rows; what names a row never is", () => {
  expect(listAt({ hide: "price,name,colour" }).rows).toEqual([
    ["Producto", "Unidades"],
    ["Lenga", "4"],
    ["Duna agotado", "0"],
  ]);
});

test("every column can be left out but the one that names the row", () => {
  expect(columnChoices(columns)).toEqual([
    { key: "price", heading: "Precio" },
    { key: "units", heading: "Unidades" },
  ]);
});

test("how a list is looked at is a button; its menu costs nothing until it opens", () => {
  const menu = seen(<ViewMenu columns={columnChoices(columns)} />, { at: "/frames?hide=price" });
  expect(menu.one("button").name).toBe("Mostrar");
  expect(menu.text).toBe("Mostrar");
});
