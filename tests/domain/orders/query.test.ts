import { describe, expect, test } from "vitest";
import {
  exportHref as sessionsHref,
  queryOf as sessionsOf,
} from "@/app/(store)/cash-register/sessions/query";
import { exportHref, isFiltered, isUsual } from "@/app/(store)/orders/query";
import { readTableView } from "@/components/ui/table-view";

const asks = (query: string) => readTableView("/orders", Object.fromEntries(new URLSearchParams(query)));

describe("the list of sales", () => {
  test("shows the usual days when its address asks for no others and searches for nothing", () => {
    for (const query of ["", "status=voided", "hide=total"]) expect(isUsual(asks(query)), query).toBe(true);
    for (const query of ["from=all", "to=2026-01-31", "q=ana"])
      expect(isUsual(asks(query)), query).toBe(false);
  });

  test("is not narrowed by showing all days: a shop that never sold reads so", () => {
    for (const query of ["", "from=all", "size=50"]) expect(isFiltered(asks(query)), query).toBe(false);
    for (const query of ["from=2026-01-01", "from=all&status=voided"])
      expect(isFiltered(asks(query)), query).toBe(true);
  });

  test("is taken along with what narrows it", () => {
    const filter = { search: "ana", status: null, branchId: null, from: "2026-01-01", to: "2026-01-31" };
    expect(exportHref(filter)).toBe("/api/exports/orders?search=ana&from=2026-01-01&to=2026-01-31");
  });
});

test("the drawers of a month are the ones that stand in the list and in its file", () => {
  const query = sessionsOf(asks("status=closed&from=2026-01-01&to=2026-01-31&branch=nowhere"));
  expect(query).toMatchObject({ status: "closed", branchId: null, from: "2026-01-01", to: "2026-01-31" });
  expect(sessionsHref(query)).toBe("/api/exports/cash-sessions?status=closed&from=2026-01-01&to=2026-01-31");
});
