import { describe, expect, test } from "vitest";
import { BranchArchived } from "@/components/orders/branch-archived";
import { OrderActivity } from "@/components/orders/order-activity";
import { OrderFacts } from "@/components/orders/order-facts";
import { OrderItems } from "@/components/orders/order-items";
import { OrderTable } from "@/components/orders/order-table";
import { VoidDrawerChoice } from "@/components/orders/void-drawer-choice";
import { VoidOrder } from "@/components/orders/void-order";
import { FormContext } from "@/components/ui/form-context";
import { PeriodFilter } from "@/components/ui/period-filter";
import { readTableView } from "@/components/ui/table-view";
import { AppError, toProblem } from "@/lib/errors";
import type { Language } from "@/lib/i18n/locale";
import { translatorFor } from "@/lib/i18n/translator";
import type { Order, OrderRow } from "@/lib/sales";
import { seen } from "../ui/seen";
import { anItem, anOrder, anOrderRow, aPayment } from "./an-order";

describe("the list of sales", () => {
  const list = (row: Partial<OrderRow> = {}, severalBranches = false, language: Language = "es") =>
    seen(
      <OrderTable
        view={readTableView("/orders", {})}
        rows={[anOrderRow(row)]}
        severalBranches={severalBranches}
      />,
      { language },
    );

  test("tells each sale on the clock of its branch and leads to it", () => {
    const table = list({ timeZone: "Pacific/Easter" });
    expect(table.rows).toEqual([
      ["N°", "Fecha", "Cliente", "Vendedor", "Unidades", "Estado", "Total"],
      ["123", "21-11-2026, 21:30", "María José Núñez", "Felipe Rojas", "3", "Completada", "$12.990"],
    ]);
    expect(table.href("123")).toBe("/orders/o1");
  });

  test("names the branch where there are several, and nobody where nobody was named", () => {
    expect(list({ customerName: null }, true).rows[1]?.slice(2, 4)).toEqual(["Centro", "Sin cliente"]);
    expect(list({ customerName: null }, true, "en").rows[1]?.slice(2, 4)).toEqual(["Centro", "No customer"]);
  });

  test("says of a voided sale that it is, and strikes out what was not taken", () => {
    const voided = list({ status: "voided" });
    expect(voided.rows[1]?.slice(-2)).toEqual(["Anulada", "$12.990"]);
    expect(voided.one("s").text).toBe("$12.990");
    expect(list().all("s")).toEqual([]);
  });

  test("can be narrowed to days that each have a name", () => {
    const filter = seen(<PeriodFilter labels={{ from: "Desde", to: "Hasta" }} from="2026-11-01" to="" />, {
      at: "/orders?from=2026-11-01",
    });
    expect(filter.names("input", { type: "date" })).toEqual(["Desde", "Hasta"]);
    expect(filter.all("input").map(({ attributes }) => attributes["value"])).toEqual(["2026-11-01", ""]);
  });
});

describe("what was sold", () => {
  const lines = (fields: Partial<Order> = {}, language: Language = "es") =>
    seen(<OrderItems order={anOrder(fields)} />, { language });
  const cells = (item: Parameters<typeof anItem>[0], language: Language = "es") =>
    lines({ items: [anItem(item)] }, language).rows[1];

  test("stands line by line with its price", () => {
    expect(lines().rows).toEqual([
      ["Producto", "Cantidad", "Precio", "Descuento", "Total"],
      ["Lenga LEN-1", "2", "$50.000", "—", "$100.000"],
    ]);
  });

  test("shows a discount in pesos and per cent, written as the language does", () => {
    const discount = { discount: 12_500, discountBp: 1_250, total: 87_500 };
    expect(cells(discount)?.[3]).toBe("-$12.500 (12,5 %)");
    expect(cells(discount, "en")?.[3]).toBe("-$12,500 (12.5 %)");
    expect(cells({ discount: 10_000, discountBp: 1_000 })?.[3]).toBe("-$10.000 (10 %)");
  });

  test("marks lines that bear no tax", () => {
    expect(cells({ taxKind: "exempt" })?.[0]).toBe("Lenga LEN-1 · Exento");
    expect(cells({ taxKind: "exempt" }, "en")?.[0]).toBe("Lenga LEN-1 · Exempt");
  });

  test("adds up to net, tax and total, without a line for what there is not", () => {
    expect(lines().text).toMatch(/Neto \$84\.034 IVA 19 % \$15\.966 Total \$100\.000$/);
    expect(lines().text).not.toContain("Subtotal");
  });

  test("shows what was taken off and what is exempt apart", () => {
    const sums = {
      gross: 115_000,
      discount: 12_500,
      net: 73_529,
      exempt: 15_000,
      tax: 13_971,
      total: 102_500,
    };
    expect(lines(sums).text).toMatch(
      /Subtotal \$115\.000 Descuento -\$12\.500 Neto \$73\.529 Exento \$15\.000 IVA 19 % \$13\.971 Total \$102\.500$/,
    );
    expect(lines(sums, "en").text).toMatch(/Exempt \$15,000 VAT 19% \$13,971 Total \$102,500$/);
  });
});

describe("how it was paid", () => {
  const facts = (fields: Partial<Order>, mayReadCustomer = true, language: Language = "es") =>
    seen(<OrderFacts order={anOrder(fields)} mayReadCustomer={mayReadCustomer} />, { language });
  const payments = (fields: Partial<Order>, language: Language = "es") =>
    facts(fields, true, language).card(language === "es" ? "Pagos" : "Payments").text;

  test("lists each tender, what was handed over and the change", () => {
    const split = {
      payments: [
        aPayment({ amount: 47_500, handedOver: 50_000 }),
        aPayment({ method: "debit", amount: 52_500 }),
      ],
      change: 2_500,
    };
    expect(payments(split)).toBe("Pagos Efectivo Recibido $50.000 $47.500 Débito $52.500 Vuelto $2.500");
    expect(payments(split, "en")).toBe(
      "Payments Cash Received $50,000 $47,500 Debit card $52,500 Change $2,500",
    );
  });

  test("says nothing of change when cash was paid to the peso", () => {
    expect(payments({ payments: [aPayment({ handedOver: 100_000 })] })).toBe("Pagos Efectivo $100.000");
  });

  test.each([
    [4, "+$4"],
    [-5, "-$5"],
  ])("names the law by which cash was rounded by %i", (cashRounding, written) => {
    expect(payments({ cashRounding })).toContain(`Redondeo Ley 20.956 ${written}`);
    expect(payments({ cashRounding }, "en")).toContain(`Rounding (Ley 20.956) ${written}`);
    expect(payments({ cashRounding: 0 })).not.toContain("Redondeo");
  });

  test("tells money that went back from money that came", () => {
    const back = [aPayment(), aPayment({ id: "back", kind: "void", amount: -100_000 })];
    expect(payments({ payments: back })).toMatch(
      /Efectivo \$100\.000 Devolución · Efectivo [-−]?\$-?100\.000$/,
    );
  });

  test("leads to the drawer, if cash went into one", () => {
    expect(facts({ cashSessionId: "s1" }).href("Ver caja")).toBe("/cash-register/sessions/s1");
    expect(facts({ cashSessionId: null }).href("Ver caja")).toBeUndefined();
  });

  test("leads to the customer for who may read customers, and only names them otherwise", () => {
    const known = { customerId: "c1", customerName: "María José Núñez" };
    expect(facts(known).href("María José Núñez")).toBe("/customers/c1");
    expect(facts(known, false).all("a")).toEqual([]);
    expect(facts(known, false).card("Cliente").text).toBe("Cliente María José Núñez");
    expect(facts({}).card("Cliente").text).toBe("Cliente Sin cliente");
  });

  test("keeps the note of whoever sold", () => {
    expect(facts({ note: "Retira el lunes" }).card("Cliente").text).toContain("Retira el lunes");
  });

  test("shows what left the shelves and what came back, for who may see stock", () => {
    const moved = {
      id: "m1",
      kind: "sale",
      productId: "p1",
      productName: "Lenga",
      quantity: -2,
      balanceAfter: 3,
      at: new Date("2026-11-22T02:30:00Z"),
    };
    const back = { ...moved, id: "m2", kind: "void", quantity: 2, balanceAfter: 5 };
    const stock = facts({ movements: [moved, back] });
    expect(stock.card("Stock").text).toBe("Stock Lenga Venta −2 Quedan 3 Lenga Anulación +2 Quedan 5");
    expect(stock.href("Lenga")).toBe("/products/p1");
    expect(facts({ movements: null }).names("h2")).toEqual(["Pagos", "Cliente"]);
    expect(facts({ movements: [] }).names("h2")).toEqual(["Pagos", "Cliente"]);
  });
});

describe("what happened to a sale", () => {
  const activity = (fields: Partial<Order>, language: Language = "es") =>
    seen(<OrderActivity order={anOrder(fields)} />, { language }).names("li");

  test("tells who sold it, when, and how often its receipt was printed", () => {
    expect(activity({})).toEqual(["21-11-2026, 23:30 Venta registrada · Felipe Rojas Sin impresiones"]);
    expect(activity({ prints: 1 })[0]).toMatch(/Impresa una vez$/);
    expect(activity({ prints: 3 }, "en")[0]).toMatch(/Sale recorded · Felipe Rojas Printed 3 times$/);
  });

  test("tells who voided it and why", () => {
    const voided = {
      status: "voided",
      voidedAt: new Date("2026-11-22T15:00:00Z"),
      voidedByName: "Carolina Soto",
      voidReason: "Cliente se arrepintió",
    };
    expect(activity(voided)[1]).toBe("22-11-2026, 12:00 Venta anulada · Carolina Soto Cliente se arrepintió");
    expect(activity(voided)).toHaveLength(2);
  });

  test("tells who allowed the discount, and how much", () => {
    const allowed = {
      approvedAt: new Date("2026-11-22T02:29:00Z"),
      approvedByName: "Carolina Soto",
      approvedDiscountBp: 1_250,
      approvedDiscount: 12_500,
    };
    expect(activity(allowed)[0]).toBe(
      "21-11-2026, 23:29 Descuento autorizado · Carolina Soto Hasta 12,5 % por producto y $12.500 en la venta",
    );
    expect(activity(allowed, "en")[0]).toMatch(/Up to 12.5% a product and \$12,500 on the sale$/);
    expect(activity({ ...allowed, approvedDiscount: null })[0]).toMatch(/Hasta 12,5 % por producto$/);
  });
});

describe("voiding a sale", () => {
  test("asks first, and nothing is sent by merely looking", () => {
    const action = () => Promise.reject(new Error("nobody pressed"));
    const page = seen(
      <VoidOrder orderId="o1" receiptNumber={123} cash={5_000} drawers={[]} mayPayIn action={action} />,
    );
    expect(page.one("button", { "aria-haspopup": "dialog" }).name).toBe("Anular venta");
    expect(page.all("form")).toEqual([]);
  });

  test("asks which drawer gives the cash back, and proposes the one that took it", () => {
    const drawer = { id: "d1", memberName: "Felipe Rojas", isOwn: false, tookSale: true };
    const choice = (language: Language = "es") =>
      seen(
        <VoidDrawerChoice
          amount="$5.000"
          drawers={[
            drawer,
            { ...drawer, id: "d2", isOwn: true, tookSale: false },
            { ...drawer, id: "d3", memberName: "Ana Paz", tookSale: false },
          ]}
          mayPayIn
        />,
        { language },
      );
    expect(choice().one("legend").text).toBe("¿De qué caja salen los $5.000 en efectivo?");
    expect(choice().names("label")).toEqual([
      "La caja de Felipe Rojas, que recibió esta venta",
      "Tu caja",
      "La caja de Ana Paz",
    ]);
    const chosen = choice()
      .all("input")
      .filter(({ attributes }) => "checked" in attributes);
    expect(chosen.map(({ attributes }) => attributes["value"])).toEqual(["d1"]);
    const own = seen(<VoidDrawerChoice amount="$1" drawers={[{ ...drawer, isOwn: true }]} mayPayIn />);
    expect(own.names("label")).toEqual(["Tu caja, que recibió esta venta"]);
    expect(choice("en").names("label")[0]).toBe("Felipe Rojas's drawer, which took this sale");
  });

  test("leads to one's own drawer where there is too little cash to give back, for who may pay in there", () => {
    const drawer = { id: "d1", memberName: "Felipe Rojas", isOwn: true, tookSale: true };
    const short = AppError.forField("cash_session.not_enough_cash", "/sessionId", "drawers.short");
    const problem = toProblem(short, { requestId: "r-1", t: translatorFor("es") });
    const choice = (refusal: typeof problem | null, mayPayIn: boolean) =>
      seen(
        <FormContext
          value={{
            pending: false,
            problem: refusal,
            failure: null,
            errors: new Map(),
            fields: new Set(),
            registerField: () => () => undefined,
          }}
        >
          <VoidDrawerChoice amount="$200.000" drawers={[drawer]} mayPayIn={mayPayIn} />
        </FormContext>,
      );
    const name = "Ingresar dinero a tu caja, en otra pestaña";
    expect(problem.errors?.[0]?.detail).toMatch(/regístralo primero como ingreso en esa caja, o elige otra/);
    expect(choice(problem, true).href(name)).toBe("/cash-register");
    expect(choice(problem, false).all("a")).toEqual([]);
    expect(choice(null, true).all("a")).toEqual([]);
  });

  test("of an archived branch has to wait until the branch is back, and says where that is done", () => {
    const note = (mayManageBranches: boolean) =>
      seen(<BranchArchived branchName="Centro" mayManageBranches={mayManageBranches} />);
    expect(note(true).text).toMatch(
      /^La sucursal Centro está archivada.* restaurarla en Configuración, Sucursales\./,
    );
    expect(note(true).href("Ver sucursales")).toBe("/settings/branches");
    expect(note(false).all("a")).toEqual([]);
  });
});
