import { describe, expect, test } from "vitest";
import { CouponsFacts } from "@/components/console/coupons-facts";
import { CouponsForm } from "@/components/console/coupons-form";
import { CouponsMade } from "@/components/console/coupons-made";
import { CouponsRedemptions } from "@/components/console/coupons-redemptions";
import { CouponsTable } from "@/components/console/coupons-table";
import { TierTable } from "@/components/console/tier-table";
import { type ShownVersion, TiersTable } from "@/components/console/tiers-table";
import { readTableView } from "@/components/ui/table-view";
import type { Language } from "@/lib/i18n/locale";
import { tierFeatures } from "@/lib/security/features";
import { allowed } from "../ui/allowed";
import { seen } from "../ui/seen";

const unpressed = () => Promise.reject(new Error("nobody pressed"));

describe("the versions of a plan", () => {
  const first: ShownVersion = {
    version: 1,
    priceClpMonth: 39_990,
    priceClpYear: 399_900,
    priceUsdMonth: 4_990,
    priceUsdYear: 49_900,
    maxBranches: 3,
    maxUsers: 10,
    maxCustomers: 5_000,
    maxProducts: null,
    features: ["pos", "quotes"],
    availableFrom: new Date("2026-01-02T15:00:00Z"),
    retiredAt: new Date("2026-11-02T15:00:00Z"),
    onSale: false,
    shops: 4,
    paying: 1,
    monthlyValue: 39_990,
  };
  const second: ShownVersion = {
    ...first,
    version: 2,
    priceClpMonth: 44_990,
    maxCustomers: null,
    maxProducts: 500,
    features: ["pos", "assistant"],
    availableFrom: new Date("2026-11-02T15:00:00Z"),
    retiredAt: null,
    onSale: true,
    shops: 0,
    paying: 0,
    monthlyValue: 0,
  };
  const table = (versions: readonly ShownVersion[] = [second, first], language: Language = "es") =>
    seen(<TiersTable name="Pro" versions={versions} shopsHref={(version) => `/s?version=${version}`} />, {
      language,
    });

  test("stand beside each other, what differs from the one before marked with what it was", () => {
    const page = table();
    expect(page.rows[1]?.slice(1, 5)).toEqual([
      "$44.990 antes $39.990 US$49,90",
      "$399.900 US$499,00",
      "3 sucursales 10 usuarios Clientes sin límite antes 5.000 clientes 500 productos antes Productos sin límite",
      "Punto de venta Ahora incluye Asistente Ya no incluye Presupuestos",
    ]);
    expect(page.names("mark")).toEqual(["$44.990", "Clientes sin límite", "500 productos"]);
    expect(page.one("caption").text).toBe("Versiones del plan Pro");
  });

  test("mark nothing in the first, and speak English", () => {
    expect(table([first]).all("mark")).toEqual([]);
    expect(table([second, first], "en").names("mark")[1]).toBe("Unlimited customers");
  });

  test("lead to the shops that keep each of them", () => {
    expect(table().rows[2]?.slice(5)).toEqual(["4 ópticas 1 paga", "$39.990"]);
    expect(table().href("4 ópticas")).toBe("/s?version=1");
    expect(table().href("Ninguna")).toBe("/s?version=2");
  });

  test.each([
    ["En venta desde el 02-11-2026", {}],
    ["En venta hasta el 24-12-2026", { retiredAt: new Date("2026-12-24T15:00:00Z") }],
    ["Programada desde el 02-11-2026", { onSale: false }],
    ["Retirada desde el 24-12-2026", { onSale: false, retiredAt: new Date("2026-12-24T15:00:00Z") }],
    [
      "No alcanzó a venderse desde el 01-11-2026",
      { onSale: false, retiredAt: new Date("2026-11-01T15:00:00Z") },
    ],
  ])("%s", (standing, change) => {
    expect(table([{ ...second, ...change }]).rows[1]?.[0]).toBe(`Versión 2 ${standing}`);
  });

  test("name all that a plan can include, in both languages", () => {
    for (const language of ["es", "en"] as const) {
      const includes = table([{ ...first, features: [...tierFeatures] }], language).rows[1]?.[4] ?? "";
      expect(includes.split(", ")).toHaveLength(tierFeatures.length);
      expect(includes).not.toMatch(/_/);
    }
    expect(table([{ ...first, features: [] }]).rows[1]?.[4]).toBe("Nada aparte de los límites");
  });

  test("of all plans come to how many shops pay what, and how they stand", () => {
    const states = allowed("public.subscriptions", "status");
    const page = seen(
      <TierTable
        tiers={allowed("public.subscription_tiers", "code").map((tier) => ({ tier, count: 2, mrr: 79_980 }))}
        statuses={states.map((status) => ({ status, count: 1 }))}
      />,
    );
    expect(page.rows.slice(1).map(([name]) => name)).toEqual(["Básico", "Pro", "Premium"]);
    expect(page.names("li")).toHaveLength(states.length);
    for (const name of page.names("li")) expect(name).toMatch(/^\p{Lu}[\p{L} ]+ 1$/u);
  });
});

describe("coupons", () => {
  const coupon = {
    code: "FERIA",
    note: "Feria de otoño",
    made_by: "Ana Paz" as string | null,
    created_at: "2026-11-01T15:00:00Z",
    retired_at: null as string | null,
    state: "active" as const,
    percent_bp: 1_250 as number | null,
    amount_clp: null as number | null,
    amount_usd: null as number | null,
    duration: "once" as "once" | "repeating" | "forever",
    repeats: null as number | null,
    tiers: null as readonly string[] | null,
    valid_from: "2026-11-01T03:00:00Z",
    valid_until: "2026-12-01T03:00:00Z" as string | null,
    max_redemptions: null as number | null,
    redeemed: 3,
  };
  const row = (change: Partial<typeof coupon> = {}, language: Language = "es") =>
    seen(<CouponsTable view={readTableView("/coupons", {})} path="/c" rows={[{ ...coupon, ...change }]} />, {
      language,
    }).rows[1];

  test("say what they take off, from whom, until the last day that counts", () => {
    expect(row()).toEqual([
      "FERIA",
      "12,5% de descuento En un pago",
      "Todos",
      "Desde el 01-11-2026 hasta el 30-11-2026",
      "3, sin tope",
      "Vigente",
      "Feria de otoño Ana Paz",
    ]);
    expect(row({}, "en")?.[1]).toContain("12.5%");
    expect(row({ valid_until: null })?.[3]).toBe("Desde el 01-11-2026");
    expect(row({ max_redemptions: 10 })?.[4]).toBe("3 de 10");
    expect(row({ tiers: ["basic", "pro"] })?.[2]).toBe("Básico, Pro");
  });

  test.each([
    [{ amount_clp: 5_000 }, "$5.000 de descuento, solo en pesos En un pago"],
    [{ amount_usd: 500 }, "US$5,00 de descuento, solo en dólares En un pago"],
    [{ amount_clp: 5_000, amount_usd: 500 }, "$5.000 o US$5,00 de descuento En un pago"],
    [
      { amount_clp: 5_000, duration: "repeating" as const, repeats: 3 },
      "$5.000 de descuento, solo en pesos En 3 pagos",
    ],
    [
      { amount_clp: 5_000, duration: "forever" as const },
      "$5.000 de descuento, solo en pesos En todos los pagos",
    ],
  ])("of %j are told as people say it", (change, text) => {
    expect(row({ percent_bp: null, ...change })?.[1]).toBe(text);
  });

  test.each(["active", "not_yet", "used_up", "ended", "retired"] as const)(
    "that are %s say so in words",
    (state) => {
      for (const language of ["es", "en"] as const) {
        const rows = seen(
          <CouponsTable view={readTableView("/coupons", {})} path="/c" rows={[{ ...coupon, state }]} />,
          { language },
        ).rows;
        expect(rows[1]?.[5]).toMatch(/^\p{Lu}[\p{L} ]+$/u);
      }
    },
  );

  test("tell everything on their page, the end as the last day", () => {
    const facts = (change: Partial<typeof coupon> = {}) =>
      seen(<CouponsFacts coupon={{ ...coupon, ...change }} />);
    expect(facts().facts).toMatchObject({
      "Último día": "30-11-2026",
      "Creado por": "Ana Paz",
      Dura: "En un pago",
    });
    expect(facts().facts).not.toHaveProperty("Retirado");
    expect(facts({ valid_until: null }).facts["Último día"]).toBe("Sin término");
    expect(facts({ retired_at: "2026-11-20T15:00:00Z" }).facts["Retirado"]).toBe("20-11-2026, 12:00");
    expect(facts().names("button")).toEqual(["Copiar el código"]);
    expect(seen(<CouponsMade code="K7PM-4XWD" />).text).toContain("Cupón creado");
  });

  test("tell which shops use them, and which hold one for an open payment", () => {
    const use = { organizationId: "o1", organization: "Óptica Vista", takenAt: "2026-11-02T15:00:00Z" };
    const rows = (usesLeft: number | null, isRedeemed: boolean) =>
      seen(<CouponsRedemptions redemptions={[{ ...use, usesLeft, isRedeemed }]} />).rows[1]?.slice(2);
    expect(rows(2, true)).toEqual(["2 pagos", "Usado"]);
    expect(rows(null, false)).toEqual(["Todos sus pagos", "Pago abierto"]);
    expect(seen(<CouponsRedemptions redemptions={[]} />).text).toContain("Nadie lo ha usado");
  });

  test("are made with a form that asks only for what their kind needs", () => {
    const form = seen(
      <CouponsForm create={unpressed} plans={[{ value: "pro", label: "Pro" }]} today="2026-11-22" />,
    );
    const names = form.all("*").flatMap(({ attributes }) => attributes["name"] ?? []);
    expect(names).toContain("percent");
    expect(names).not.toContain("amountClp");
    expect(names).not.toContain("repeats");
    expect(form.names("button")).toEqual(["Sugerir un código", "Crear cupón"]);
    expect(form.one("input", { type: "checkbox" }).attributes).toMatchObject({
      name: "tiers[]",
      value: "pro",
    });
    for (const input of form.all("input", { type: "date" }))
      expect(input.attributes["min"]).toBe("2026-11-22");
  });
});
