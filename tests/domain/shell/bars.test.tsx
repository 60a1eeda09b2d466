import { describe, expect, test } from "vitest";
import { BranchMenu } from "@/components/shell/branch-menu";
import { ConsoleShell } from "@/components/shell/console-shell";
import { LanguageMenu } from "@/components/shell/language-menu";
import { navigationFor, navigationOfConsole } from "@/components/shell/navigation";
import { StoreShell, type StoreShellProps } from "@/components/shell/store-shell";
import { Banner } from "@/components/ui/alert";
import type { Language } from "@/lib/i18n/locale";
import { seen } from "../ui/seen";

const unpressed = () => Promise.reject(new Error("nobody pressed"));
const everything = { can: () => true, features: ["pos"] };
const withoutTill = { can: () => true, features: [] };

const common = {
  user: { name: "Carolina Soto", email: "carolina@vista.cl", roleLabel: "Dueña" },
  scope: "m1",
  sidebarState: "open" as const,
  language: "es",
  languages: [
    { code: "es", name: "Español" },
    { code: "en", name: "English" },
  ],
  setLanguage: unpressed,
  signOut: unpressed,
  children: <h1>Inicio</h1>,
};

const branches = [
  { id: "a", name: "Centro" },
  { id: "b", name: "Hanga Roa" },
];

const shell = (
  props: Partial<StoreShellProps> = {},
  { at = "/", language = "es" }: { at?: string; language?: Language } = {},
) =>
  seen(
    <StoreShell
      {...common}
      organizationName="Óptica Vista"
      branches={branches}
      branch={branches[0] ?? null}
      navigation={navigationFor(everything)}
      switchBranch={unpressed}
      {...props}
    />,
    { at, language },
  );

const bars = (page: ReturnType<typeof shell>) => ({
  side: page.one("aside"),
  phone: page.all("nav").find((nav) => nav.attributes["class"]?.includes("bottom-0")) ?? page,
});

describe("the bars of the shop", () => {
  test("lead to the same pages in the order of a day at the counter", () => {
    const { side, phone } = bars(shell());
    expect(side.one("nav").name).toBe("Navegación principal");
    expect(side.one("nav").names("a")).toEqual([
      "Inicio",
      "Punto de venta",
      "Ventas",
      "Caja",
      "Clientes",
      "Productos",
      "Inventario",
      "Configuración",
      "Suscripción",
    ]);
    expect(phone.names("a")).toEqual(["Inicio", "Vender", "Ventas", "Clientes"]);
    expect(phone.one("button", { "aria-haspopup": "dialog" }).name).toBe("Más");
  });

  test("speak English", () => {
    const { side, phone } = bars(shell({}, { language: "en" }));
    expect(side.one("nav").names("a")).toContain("Cash register");
    expect(phone.names("a")[1]).toBe("Sell");
  });

  test("lead from a page that the plan leaves out to the plans, and say so to a screen reader", () => {
    const { side, phone } = bars(shell({ navigation: navigationFor(withoutTill) }));
    expect(side.href("Punto de venta , No incluido en tu plan")).toBe("/billing");
    expect(phone.href("Vender , No incluido en tu plan")).toBe("/billing");
    expect(side.href("Ventas")).toBe("/orders");
  });

  test.each([
    ["/", "Inicio"],
    ["/orders", "Ventas"],
    ["/orders/123", "Ventas"],
    ["/billing/checkout", "Suscripción"],
  ])("at %s mark %s alone as where one is", (at, name) => {
    expect(bars(shell({}, { at })).side.names("a", { "aria-current": "page" })).toEqual([name]);
  });

  test("mark no closed page as where one is, though its link leads to the plans", () => {
    const { side } = bars(shell({ navigation: navigationFor(withoutTill) }, { at: "/billing" }));
    expect(side.names("a", { "aria-current": "page" })).toEqual(["Suscripción"]);
  });

  test("need no drawer on a phone for whoever has four pages or fewer", () => {
    const few = navigationFor({ can: (permission) => permission === "orders.read", features: [] });
    expect(bars(shell({ navigation: few })).phone.all("button")).toEqual([]);
  });
});

describe("the frame of the shop", () => {
  test("lets the keyboard skip the bars, and stays off paper", () => {
    const page = shell();
    expect(page.href("Saltar al contenido")).toBe("#main");
    expect(page.one("main", { id: "main", tabindex: "-1" }).text).toBe("Inicio");
    for (const chrome of [page.one("aside"), page.one("header")])
      expect(chrome.attributes["data-chrome"]).toBe("true");
  });

  test("reads later news aloud, in a region with a name", () => {
    expect(shell().one("section", { "aria-live": "polite" }).name).toBe("Avisos");
  });

  test("shows what is up with the subscription above everything", () => {
    expect(shell({ banner: <Banner>Tu prueba termina hoy.</Banner> }).one("header").text).toMatch(
      /^Tu prueba termina hoy\./,
    );
  });

  test("marks an installation whose payments move no money, and no other", () => {
    expect(shell({ testMode: true }).one("header").text).toContain("Modo prueba");
    expect(shell({ testMode: true }, { language: "en" }).one("header").text).toContain("Test mode");
    expect(shell().text).not.toContain("Modo prueba");
  });

  test("opens the quick search and the person's menu from buttons with names", () => {
    const header = shell().one("header");
    expect(header.one("button", { "aria-keyshortcuts": "Control+K Meta+K" }).name).toBe("Buscar");
    expect(header.names("button", { "aria-haspopup": "menu" })).toContain("Tu cuenta: Carolina Soto");
    expect(header.names("button")).toContain("Tema");
  });
});

describe("the branch", () => {
  const menu = (props: Partial<Parameters<typeof BranchMenu>[0]> = {}) =>
    seen(
      <BranchMenu
        organizationName="Óptica Vista"
        branches={branches}
        current={branches[1] ?? null}
        switchBranch={unpressed}
        {...props}
      />,
    );

  test("is named beside its shop, and is a choice where there are several", () => {
    expect(menu().one("button", { "aria-haspopup": "menu" }).name).toBe(
      "Óptica Vista Hanga Roa , Cambiar de sucursal",
    );
    expect(menu().one("div", { role: "menu" }).attributes["aria-label"]).toBe("Cambiar de sucursal");
  });

  test("is no choice where there is one, or none", () => {
    const one = menu({ branches: branches.slice(0, 1), current: branches[0] ?? null });
    expect(one.all("button")).toEqual([]);
    expect(one.text).toBe("Óptica Vista Centro");
    expect(menu({ branches: [], current: null }).text).toBe("Óptica Vista Sucursal");
  });
});

describe("the console", () => {
  const console = (props: { testMode?: boolean } = {}, at = "/admin/saas-management/payments/1") =>
    seen(<ConsoleShell {...common} navigation={navigationOfConsole()} {...props} />, { at });

  test("names itself and its own pages, so that nobody takes it for a shop", () => {
    const page = console();
    expect(page.one("header").text).toMatch(/^Consola/);
    expect(page.one("div", { "data-scheme": "dark", class: "contents text-ink" }).all("aside")).toHaveLength(
      1,
    );
    expect(page.one("aside").names("a", { "aria-current": "page" })).toEqual(["Pagos"]);
    expect(page.text).not.toContain("Punto de venta");
    expect(console({ testMode: true }).text).toContain("Modo prueba");
  });

  test("and pages without a session let one choose the language by its own name", () => {
    const page = seen(<LanguageMenu language="es" languages={common.languages} setLanguage={unpressed} />);
    expect(page.one("button").name).toBe("Idioma: Español");
  });
});
