import { describe, expect, test } from "vitest";
import { CashTabs } from "@/components/cash-register/cash-tabs";
import { CloseDrawerForm } from "@/components/cash-register/close-drawer-form";
import { CountSummary } from "@/components/cash-register/confirm-closing";
import { missingIn } from "@/components/cash-register/counted";
import { Difference } from "@/components/cash-register/difference";
import { MovementList } from "@/components/cash-register/movement-list";
import { OpenDrawerForm } from "@/components/cash-register/open-drawer-form";
import { OwnDrawer } from "@/components/cash-register/own-drawer";
import { SessionReportCards } from "@/components/cash-register/session-report";
import { SessionTable } from "@/components/cash-register/session-table";
import { readTableView } from "@/components/ui/table-view";
import type { SessionReport } from "@/lib/cash-register";
import type { Language } from "@/lib/i18n/locale";
import { seen } from "../ui/seen";

const unpressed = () => Promise.reject(new Error("nobody pressed"));

/** A drawer that was opened with a float and sold; what it should hold is 131.990. */
const open: SessionReport = {
  id: "s1",
  status: "open",
  memberId: "m1",
  memberName: "Felipe Rojas",
  branchId: "b1",
  branchName: "Hanga Roa",
  timeZone: "Pacific/Easter",
  businessDate: "2026-11-21",
  openedAt: new Date("2026-11-21T14:05:00Z"),
  closedAt: null,
  openingFloat: 30_000,
  expected: null,
  counted: null,
  cashDifference: null,
  note: null,
  movements: [
    { id: "in", kind: "paid_in", amount: 20_000, reason: "Sencillo", at: new Date("2026-11-21T15:00:00Z") },
    { id: "out", kind: "paid_out", amount: 8_000, reason: "Insumos", at: new Date("2026-11-22T02:30:00Z") },
  ],
  saleCount: 7,
  voidCount: 0,
  sums: null,
};

const closed: SessionReport = {
  ...open,
  status: "closed",
  closedAt: new Date("2026-11-22T01:00:00Z"),
  expected: { cash: 131_990, debit: 50_000, credit: 0, transfer: 10_000 },
  counted: { cash: 130_000, debit: 50_500, credit: 0, transfer: 10_000 },
  cashDifference: -1_990,
  voidCount: 2,
  sums: {
    tenders: [{ method: "cash", sold: 99_990, voided: -10_000, payments: 5 }],
    rounding: -3,
  },
};

describe("a difference", () => {
  test.each([
    [0, "Cuadra", "Balanced"],
    [-1_990, "Faltan $1.990", "$1,990 short"],
    [500, "Sobran $500", "$500 over"],
  ])("of %i pesos is said in words, not by a sign or a colour", (pesos, es, en) => {
    expect(seen(<Difference pesos={pesos} />).name).toBe(es);
    expect(seen(<Difference pesos={pesos} />, { language: "en" }).name).toBe(en);
  });
});

describe("the report of a drawer", () => {
  const report = (session: SessionReport, language: Language = "es") =>
    seen(<SessionReportCards session={session} />, { language });

  test("tells nothing of what should be there while it is open", () => {
    const page = report(open);
    expect(page.facts).toEqual({ Apertura: "21-11-2026, 09:05", Cierre: "—", "Fondo inicial": "$30.000" });
    expect(page.text).not.toMatch(/Esperado|131\.990/);
    expect(page.all("table")).toEqual([]);
  });

  test("tells nothing either as long as one of the figures is missing", () => {
    for (const missing of [{ counted: null }, { expected: null }, { sums: null }])
      expect(report({ ...closed, ...missing }).names("h2")).toEqual([]);
    expect(report(closed).names("h2")).toEqual(["Esperado y contado", "Cómo se llega al efectivo"]);
  });

  test("sets what was counted against what was expected, tender by tender", () => {
    expect(report(closed).rows).toEqual([
      ["Medio", "Esperado", "Contado", "Diferencia"],
      ["Efectivo", "$131.990", "$130.000", "Faltan $1.990"],
      ["Débito", "$50.000", "$50.500", "Sobran $500"],
      ["Crédito", "$0", "$0", "Cuadra"],
      ["Transferencia", "$10.000", "$10.000", "Cuadra"],
    ]);
    expect(report(closed, "en").rows[1]).toEqual(["Cash", "$131,990", "$130,000", "$1,990 short"]);
  });

  test("shows how the float became the cash that should be there", () => {
    const sums = report(closed).card("Cómo se llega al efectivo").text;
    expect(sums).toContain("Fondo inicial $30.000 Ventas en efectivo $99.990");
    expect(sums).toContain("Devuelto por ventas anuladas -$10.000");
    expect(sums).toContain("Ingresos $20.000 Retiros -$8.000 Efectivo esperado $131.990");
    expect(sums).toContain("Ventas 7 Ventas anuladas 2 Diferencia por redondeo (Ley 20.956) -$3");
  });

  test("says nothing of voided sales where there were none", () => {
    const tenders = [{ method: "cash" as const, sold: 99_990, voided: 0, payments: 5 }];
    expect(report({ ...closed, voidCount: 0, sums: { tenders, rounding: 0 } }).text).not.toMatch(/anuladas/);
  });

  test.each([
    [0, "$0"],
    [12, "+$12"],
  ])("writes a rounding of %i as %s", (rounding, written) => {
    expect(report({ ...closed, sums: { tenders: [], rounding } }).text).toContain(`(Ley 20.956) ${written}`);
  });
});

describe("one's own drawer", () => {
  const own = (session: SessionReport = open, maySell = true) =>
    seen(<OwnDrawer session={session} moveCash={unpressed} maySell={maySell} />);

  test("shows when it was opened and with what, and never what it should hold", () => {
    const page = own({ ...open, expected: closed.expected, sums: closed.sums });
    expect(page.facts).toEqual({
      Apertura: "21-11-2026, 09:05",
      "Día de caja": "21-11-2026",
      "Fondo inicial": "$30.000",
    });
    expect(page.text).toContain("Lo esperado se muestra después de contar.");
    expect(page.text).not.toMatch(/131\.990|89\.990|99\.990/);
  });

  test("leads to the till for who may sell, and to the count", () => {
    expect(own().href("Ir a vender")).toBe("/pos");
    expect(own(open, false).href("Ir a vender")).toBeUndefined();
    expect(own().href("Cerrar caja")).toBe("/cash-register/sessions/s1/close");
    expect(own().names("button", { "aria-haspopup": "dialog" })).toEqual([
      "Ingresar dinero",
      "Retirar dinero",
    ]);
  });

  test("tells money in and out by word and by sign, with its reason", () => {
    expect(own().card("Movimientos").names("li")).toEqual([
      "Sencillo Ingreso · 21-11-2026, 10:00 +$20.000",
      "Insumos Retiro · 21-11-2026, 21:30 -$8.000",
    ]);
    expect(own({ ...open, movements: [] }).card("Movimientos").text).toContain("Sin ingresos ni retiros");
    const english = seen(<MovementList movements={open.movements} timeZone="UTC" />, { language: "en" });
    expect(english.names("li")[1]).toBe("Insumos Paid out · 22/11/2026, 02:30 -$8,000");
  });
});

describe("the count", () => {
  const count = (language: Language = "es") =>
    seen(<CloseDrawerForm sessionId="s1" keptAs="c" action={unpressed} backHref="/cash-register" />, {
      language,
    });

  test("is blind: it names no sum that anybody could aim at", () => {
    const page = count();
    expect(page.text).not.toMatch(/[Ee]sperado|Diferencia/);
    expect(page.one("input", { name: "cash" }).attributes["value"]).toBe("");
    expect(page.one("form").text).toContain("Una caja cerrada no se vuelve a abrir.");
    expect(page.href("Volver")).toBe("/cash-register");
  });

  test("asks for every note and coin that is legal tender, by name", () => {
    const groups = count().all("fieldset");
    expect(groups.map((group) => group.one("legend").text)).toEqual(["Billetes", "Monedas"]);
    expect(groups[0]?.names("input")).toEqual(
      ["$20.000", "$10.000", "$5.000", "$2.000", "$1.000"].map((value) => `Cantidad de ${value}`),
    );
    expect(groups[1]?.names("input")).toEqual(
      ["$500", "$100", "$50", "$10"].map((value) => `Cantidad de ${value}`),
    );
    expect(count("en").all("fieldset")[0]?.one("legend").text).toBe("Notes");
  });

  test("asks for the slips of the other tenders, and takes nothing for zero that nobody counted", () => {
    const page = count();
    for (const name of ["debit", "credit", "transfer"])
      expect(page.one("input", { name }).attributes["value"]).toBe("");
    expect(page.names("button")).toEqual([
      "No hubo Débito: 0",
      "No hubo Crédito: 0",
      "No hubo Transferencia: 0",
      "Cerrar caja",
    ]);
    expect(missingIn({ cash: 0, debit: null, credit: 5_000, transfer: null })).toEqual(["debit", "transfer"]);
  });

  test("is sent by no Enter: nothing in it submits", () => {
    const page = count();
    expect(page.all("button", { type: "submit" })).toEqual([]);
    expect(page.one("button", { "aria-haspopup": "dialog" }).name).toBe("Cerrar caja");
  });

  test("is repeated before it closes the drawer: what was counted, not what should be there", () => {
    const counted = { cash: 14_000, debit: 0, credit: 5_000, transfer: 0 };
    const summary = (language: Language) =>
      seen(<CountSummary counted={counted} note="Falta una moneda" />, { language }).text;
    expect(summary("es")).toBe(
      "Efectivo contado $14.000 Débito $0 Crédito $5.000 Transferencia $0 Falta una moneda",
    );
    expect(summary("en")).toMatch(/^Cash counted \$14,000 /);
  });

  test("opening offers the usual floats, and an empty drawer", () => {
    const page = seen(<OpenDrawerForm action={unpressed} branchId="b1" />);
    expect(page.names("button", { type: "button" })).toEqual([
      "Sin fondo",
      "$20.000",
      "$30.000",
      "$50.000",
      "$100.000",
    ]);
    expect(page.one("input", { name: "branchId" }).attributes["value"]).toBe("b1");
    expect(page.names("button", { type: "submit" })).toEqual(["Abrir caja"]);
  });
});

describe("the list of drawers", () => {
  test("shows the closed with their difference in words, the open without figures", () => {
    const table = seen(
      <SessionTable
        view={readTableView("/cash-register/sessions", {})}
        rows={[closed, { ...open, id: "s2" }]}
        severalBranches
      />,
    );
    expect(table.rows).toEqual([
      ["Día", "Persona", "Sucursal", "Apertura", "Cierre", "Efectivo contado", "Diferencia", "Estado"],
      ["21-11-2026", "Felipe Rojas", "Hanga Roa", "09:05", "20:00", "$130.000", "Faltan $1.990", "Cerrada"],
      ["21-11-2026", "Felipe Rojas", "Hanga Roa", "09:05", "—", "—", "—", "Abierta"],
    ]);
    expect(table.all("a").map(({ attributes }) => attributes["href"])).toEqual([
      "/cash-register/sessions/s1",
      "/cash-register/sessions/s2",
    ]);
  });

  test("leaves the branch out where there is one, and stays chosen on the pages below", () => {
    const one = seen(
      <SessionTable
        view={readTableView("/cash-register/sessions", {})}
        rows={[closed]}
        severalBranches={false}
      />,
      { language: "en" },
    );
    expect(one.rows[0]).not.toContain("Branch");
    expect(one.rows[1]).toContain("$1,990 short");
    const tabs = seen(<CashTabs />, { at: "/cash-register/sessions/s1" });
    expect(tabs.names("a", { "aria-current": "page" })).toEqual(["Cierres"]);
  });
});
