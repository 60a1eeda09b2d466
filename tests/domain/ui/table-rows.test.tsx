import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { type Column, type TableRow, TableRows } from "@/components/ui/table-rows";
import { router } from "./seen";

function rowsOf(columns: Column[], rows: TableRow[]): string {
  return renderToStaticMarkup(
    <AppRouterContext value={router}>
      <table>
        <TableRows columns={columns} rows={rows} />
      </table>
    </AppRouterContext>,
  );
}

const ana = { href: "/customers/1" };

test("the first value of a row names it and leads to its record, with its mark behind", () => {
  const html = rowsOf([{}], [{ ...ana, values: ["Ana Rojas"], mark: <b>archived</b> }]);
  expect(html).toContain(
    '<td role="cell" data-lead=""><a href="/customers/1" class="row-link">Ana Rojas</a><b>archived</b></td>',
  );
});

test("a value carries the heading of its column for a phone, and stands as its column says", () => {
  const columns: Column[] = [
    {},
    { label: "Total", numeric: true, side: true, hideBelow: "md", className: "x" },
  ];
  expect(rowsOf(columns, [{ ...ana, values: ["Ana", 12] }])).toContain(
    '<td role="cell" data-side="" data-label="Total" data-numeric="" class="max-md:hidden x">12</td>',
  );
});

test("an instant is read by people and by machines; nothing is an empty cell", () => {
  const since = { at: "2026-11-22T15:00:00.000Z", text: "22-11-2026", tip: "22-11-2026, 12:00" };
  const html = rowsOf([{}, {}, {}], [{ ...ana, values: ["Ana", since, null] }]);
  expect(html).toContain(
    '<td role="cell"><time dateTime="2026-11-22T15:00:00.000Z" data-tip="22-11-2026, 12:00">22-11-2026</time></td>',
  );
  expect(html).toContain('<td role="cell"></td>');
});

test("a value of several pieces is shown, also as the array that a fragment becomes on its way from the server", () => {
  const pieces = ["Flow", <small key="kind">payment</small>];
  expect(rowsOf([{}, {}], [{ ...ana, values: ["Ana", pieces] }])).toContain(
    '<td role="cell">Flow<small>payment</small></td>',
  );
});
