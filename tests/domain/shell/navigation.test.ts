import { expect, test } from "vitest";
import { navigationFor, navigationOfConsole, type StorePermission } from "@/components/shell/navigation";
import { groupsFor } from "@/components/shell/palette-groups";
import { sidebarOf, themeOf } from "@/components/shell/theme";
import { permissions } from "@/lib/security/permissions";

const withPermissions = (...granted: StorePermission[]) => ({
  can: (permission: StorePermission) => granted.includes(permission),
  features: ["pos"],
});

test("the workshop sees its pages and no till", () => {
  const seen = navigationFor(withPermissions("products.read", "inventory.read")).map(({ key }) => key);
  expect(seen).toEqual(["home", "products", "inventory"]);
});

test("what the tier locks stays in sight with a lock, what the role hides is absent", () => {
  const member = { can: (permission: StorePermission) => permission === "sales.create", features: [] };
  const entries = navigationFor(member);
  expect(entries.find(({ key }) => key === "pos")?.locked).toBe(true);
  expect(entries.find(({ key }) => key === "home")?.locked).toBe(false);
  expect(entries.some(({ key }) => key === "billing")).toBe(false);
});

test("every permission that the navigation asks for exists", () => {
  const asked = new Set<string>();
  navigationFor({ can: (permission) => asked.add(permission).size < 0, features: [] });
  expect([...asked].filter((permission) => !permissions.some((known) => known === permission))).toEqual([]);
});

test("the bar of a phone holds at most four pages", () => {
  expect(navigationFor({ can: () => true, features: ["pos"] }).filter(({ phone }) => phone)).toHaveLength(4);
  expect(navigationOfConsole().every(({ locked }) => !locked)).toBe(true);
});

const labels = { recent: "Recientes", pages: "Páginas" };
const actions = [
  { id: "settings", title: "Configuración", href: "/settings" },
  { id: "pos", title: "Punto de venta", href: "/pos", keywords: "caja vender" },
];

test("the quick search finds pages without accents and by other words", () => {
  const titles = (query: string) =>
    groupsFor({ query, actions, recents: [], found: [], labels }).flatMap(({ items }) =>
      items.map(({ title }) => title),
    );
  expect(titles("configuracion")).toEqual(["Configuración"]);
  expect(titles("VENDER")).toEqual(["Punto de venta"]);
  expect(titles("venta punto")).toEqual(["Punto de venta"]);
  expect(titles("zzz")).toEqual([]);
});

test("recents stand first while nothing is typed, what was found stands first afterwards", () => {
  const recents = [{ id: "c1", title: "Ana Soto", href: "/customers/c1" }];
  const found = [
    {
      kind: "customers",
      label: "Clientes",
      items: [{ id: "c2", title: "Pedro Punto", href: "/customers/c2" }],
    },
  ];
  expect(groupsFor({ query: "", actions, recents, found, labels }).map(({ kind }) => kind)).toEqual([
    "recent",
    "pages",
  ]);
  expect(groupsFor({ query: "punto", actions, recents, found, labels }).map(({ kind }) => kind)).toEqual([
    "customers",
    "pages",
  ]);
});

test("no two options of the quick search share an id", () => {
  const recents = [{ id: "pos", title: "Punto de venta", href: "/pos" }];
  const ids = groupsFor({ query: "", actions, recents, found: [], labels }).flatMap(({ items }) =>
    items.map(({ id }) => id),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

test("a forged cookie chooses no theme and no layout", () => {
  expect(themeOf("dark")).toBe("dark");
  expect(themeOf('"><script>')).toBe("system");
  expect(sidebarOf("narrow")).toBe("narrow");
  expect(sidebarOf(undefined)).toBe("open");
});
