import { expect, test } from "vitest";
import { FilterSelect } from "@/components/ui/filter-select";
import { seen } from "./seen";

const archived = [{ value: "archived", label: "Archivados" }];

test("a filter is called what it filters by, and not one of its choices", () => {
  const list = seen(<FilterSelect name="state" label="Estado" anyLabel="Solo activos" options={archived} />);
  expect(list.one("select").attributes["aria-label"]).toBe("Estado");
  expect(list.all("option").map(({ text }) => text)).toEqual(["Solo activos", "Archivados"]);
});

test("a filter whose name says enough offers it as the choice that filters nothing", () => {
  const list = seen(<FilterSelect name="state" label="Estado" options={archived} />);
  expect(list.all("option").map(({ text }) => text)).toEqual(["Estado", "Archivados"]);
});
