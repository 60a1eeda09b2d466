import { expect, test } from "vitest";
import { readTableView } from "@/components/ui/table-view";

test("the address of a list carries its whole state", () => {
  const view = readTableView("/customers", { q: " soto ", sort: "-name", after: "x" });
  expect(view.param("q")).toBe("soto");
  expect(view.sort).toEqual({ column: "name", direction: "desc" });
  expect(view.param("missing")).toBe("");
});

test("a second press on a heading turns the order round", () => {
  expect(readTableView("/orders", {}).sortHref("total")).toBe("/orders?sort=total");
  expect(readTableView("/orders", { sort: "total" }).sortHref("total")).toBe("/orders?sort=-total");
  expect(readTableView("/orders", { sort: "-total" }).sortHref("total")).toBe("/orders?sort=total");
});

test("the order that a list has by itself counts as its order", () => {
  const view = readTableView("/orders", {}, { column: "date", direction: "asc" });
  expect(view.sortHref("date")).toBe("/orders?sort=-date");
});

test("another filter or order begins at the first page", () => {
  const view = readTableView("/orders", { after: "cursor", status: "voided" });
  expect(view.href({ status: "completed" })).toBe("/orders?status=completed");
  expect(view.sortHref("total")).toBe("/orders?status=voided&sort=total");
  expect(view.href({ after: "next" })).toBe("/orders?status=voided&after=next");
});

test("clearing the filters leaves a clean address", () => {
  const view = readTableView("/orders", { q: "a", status: "voided", sort: "total" });
  expect(view.without("q", "status")).toBe("/orders?sort=total");
  expect(view.without("q", "status", "sort")).toBe("/orders");
});

test("all rows are shown again with the columns, the order and the length that somebody chose", () => {
  const view = readTableView("/orders", {
    q: "a",
    status: "voided",
    sort: "-total",
    hide: "seller",
    size: "50",
    after: "x",
  });
  expect(view.bare).toBe("/orders?sort=-total&hide=seller&size=50");
  expect([...view.hidden]).toEqual(["seller"]);
  expect(view.place).toEqual({ after: "x", before: undefined, size: "50" });
});

test("a page leads to the rows before and after it, as far as there are any", () => {
  const view = readTableView("/orders", { status: "voided", before: "x" });
  expect(view.steps({ previous: null, next: "b" })).toEqual({
    previousHref: null,
    nextHref: "/orders?status=voided&after=b",
  });
  expect(view.steps({ previous: "a", next: null })).toEqual({
    previousHref: "/orders?status=voided&before=a",
    nextHref: null,
  });
});

test("a parameter given twice counts once, and odd characters survive", () => {
  const view = readTableView("/customers", { q: ["ñandú & co", "other"] });
  expect(view.param("q")).toBe("ñandú & co");
  expect(view.href({})).toBe("/customers?q=%C3%B1and%C3%BA+%26+co");
});

test("a filter with a value is one chip that leads to the list without it, and one without a value is none", () => {
  const view = readTableView("/orders", { status: "voided", sort: "total", page: "3" });
  expect(view.chip("status", "Estado", "Anulada")).toEqual([
    { label: "Estado", value: "Anulada", href: "/orders?sort=total" },
  ]);
  for (const nothing of [null, undefined, false, ""] as const)
    expect(view.chip("status", "Estado", nothing)).toEqual([]);
});

test("a list that counts its pages says which rows it shows, and has no way before the first or past the last", () => {
  const view = readTableView("/payments", { status: "paid", page: "2" });
  const pages = (page: number, rows: number) => view.pages({ page, size: 25, rows, total: 60 });
  expect(pages(1, 25)).toEqual({
    total: 60,
    more: false,
    from: 1,
    to: 25,
    previousHref: null,
    nextHref: "/payments?status=paid&page=2",
  });
  expect(pages(3, 10)).toEqual({
    total: 60,
    more: false,
    from: 51,
    to: 60,
    previousHref: "/payments?status=paid&page=2",
    nextHref: null,
  });
  expect(view.pages({ page: 1, size: 25, rows: 25, total: 41, counted: 40 })).toMatchObject({
    total: 40,
    more: true,
  });
});
