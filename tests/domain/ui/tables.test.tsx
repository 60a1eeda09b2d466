import { describe, expect, test } from "vitest";
import { EmptyState, NoMatch, NoPermission } from "@/components/ui/empty-state";
import { Cell, Header, Row, RowLink, SortHeader, Table, TableBody, TableHead } from "@/components/ui/table";
import { FilterChips, Pagination, type PaginationProps, TableToolbar } from "@/components/ui/table-tools";
import { readTableView } from "@/components/ui/table-view";
import type { Language } from "@/lib/i18n/locale";
import { seen } from "./seen";

function sorted(sort: string, language: Language = "es") {
  const view = readTableView("/orders", { status: "voided", sort });
  const table = seen(
    <Table caption="Ventas">
      <TableHead>
        <SortHeader view={view} column="number">
          N°
        </SortHeader>
        <SortHeader view={view} column="total" numeric>
          Total
        </SortHeader>
        <Header>Estado</Header>
      </TableHead>
      <TableBody>
        <Row>
          <Cell lead>
            <RowLink href="/orders/1">123</RowLink>
          </Cell>
          <Cell numeric label="Total">
            $12.990
          </Cell>
          <Cell />
        </Row>
      </TableBody>
    </Table>,
    { language },
  );
  return { table, headings: table.all("th") };
}

describe("a table", () => {
  test("is read aloud with its name, and keeps its meaning when a phone makes cards of its rows", () => {
    const { table } = sorted("total");
    expect(table.one("caption").text).toBe("Ventas");
    const roles = (tag: string) => table.all(tag).map(({ attributes }) => attributes["role"]);
    expect(roles("table")).toEqual(["table"]);
    expect(roles("thead")).toEqual(["rowgroup"]);
    expect(roles("tr")).toEqual(["row", "row"]);
    expect(roles("th")).toEqual(["columnheader", "columnheader", "columnheader"]);
    expect(roles("td")).toEqual(["cell", "cell", "cell"]);
    expect(table.all("td")[1]?.attributes["data-label"]).toBe("Total");
  });

  test("that keeps its shape can be scrolled with the keyboard, and one of cards is no stop for it", () => {
    const kept = seen(
      <Table caption="Libro mayor" keepShape>
        <TableBody>{null}</TableBody>
      </Table>,
    );
    expect(kept.one("div", { role: "region", tabindex: "0" }).name).toBe("Libro mayor");
    expect(sorted("total").table.all("div", { tabindex: "0" })).toEqual([]);
  });

  test.each([
    ["total", "ascending", "Total , orden ascendente", "-total"],
    ["-total", "descending", "Total , orden descendente", "total"],
  ])("sorted by %j says so at that heading alone, and turns round from there", (sort, order, name, next) => {
    const { table, headings } = sorted(sort);
    expect(headings.map(({ attributes }) => attributes["aria-sort"])).toEqual([undefined, order, undefined]);
    expect(table.href(name)).toBe(`/orders?status=voided&sort=${next}`);
    expect(table.href("N°")).toBe("/orders?status=voided&sort=number");
    expect(headings[2]?.all("a")).toEqual([]);
  });

  test("says its order in English too", () => {
    expect(sorted("-total", "en").headings[1]?.text).toBe("Total , sorted descending");
  });
});

describe("the tools of a list", () => {
  const view = readTableView("/orders", { status: "voided", q: "soto", sort: "total", page: "3" });
  const chips = [...view.chip("status", "Estado", "Anulada"), ...view.chip("q", "Búsqueda", "soto")];

  test("name each filter in force and lead to the list without it, or without any", () => {
    const list = seen(<FilterChips chips={chips} clearHref={view.without("status", "q")} />);
    expect(list.one("ul").name).toBe("Filtros activos");
    expect(list.href("Quitar filtro Estado: Anulada")).toBe("/orders?q=soto&sort=total");
    expect(list.href("Quitar filtro Búsqueda: soto")).toBe("/orders?status=voided&sort=total");
    expect(list.href("Limpiar")).toBe("/orders?sort=total");
  });

  test("show no empty row of filters, and speak English", () => {
    expect(seen(<FilterChips chips={[]} clearHref="/orders" />).all("*")).toEqual([]);
    const english = seen(<FilterChips chips={chips} clearHref="/orders" />, { language: "en" });
    expect(english.names("a")).toEqual([
      "Remove filter Estado: Anulada",
      "Remove filter Búsqueda: soto",
      "Clear",
    ]);
  });

  test("stay off paper, with the actions behind the filters", () => {
    const tools = seen(<TableToolbar actions={<a href="/pos">Nueva venta</a>}>Estado</TableToolbar>);
    expect(tools.one("div", { "data-chrome": "true" }).text).toBe("Estado Nueva venta");
    expect(seen(<TableToolbar>Estado</TableToolbar>).all("div")).toHaveLength(1);
  });
});

describe("the foot of a list", () => {
  const foot = (props: PaginationProps, language: Language = "es") =>
    seen(<Pagination {...props} />, { language });

  test("counts thousands as the language does, and leads both ways", () => {
    const middle = {
      total: 1_260,
      from: 26,
      to: 50,
      previousHref: "/orders?page=1",
      nextHref: "/orders?page=3",
    };
    const page = foot(middle);
    expect(page.one("p").text).toBe("26–50 de 1.260");
    expect(foot({ ...middle, total: 10_000, more: true }).one("p").text).toBe("26–50 de más de 10.000");
    expect(page.href("Anterior")).toBe("/orders?page=1");
    expect(page.href("Siguiente")).toBe("/orders?page=3");
    expect(page.all("a", { "aria-disabled": "true" })).toEqual([]);
    expect(foot({ ...middle, total: 12_600 }).one("p").text).toBe("26–50 de 12.600");
    expect(foot({ ...middle, total: 12_600 }, "en").one("p").text).toBe("26–50 of 12,600");
  });

  test.each([
    ["before the first page", { previousHref: null, nextHref: "/orders?page=2" }, "Anterior"],
    ["behind the last page", { previousHref: "/orders?page=1", nextHref: null }, "Siguiente"],
  ])("goes nowhere %s, by press or by keyboard", (_, hrefs, end) => {
    const page = foot({ total: 60, from: 1, to: 25, ...hrefs });
    const closed = page.one("a", { "aria-disabled": "true" });
    expect(closed.name).toBe(end);
    expect(closed.attributes).toMatchObject({ href: "#", tabindex: "-1" });
  });

  test("of a single page only counts, and one that cannot count is absent", () => {
    expect(foot({ total: 1 }).text).toBe("1 resultado");
    expect(foot({ total: 0, from: 1, to: 0 }).text).toBe("Sin resultados");
    expect(foot({ total: 0 }, "en").text).toBe("No results");
    expect(foot({ total: 3 }).all("a")).toEqual([]);
    expect(foot({}).all("*")).toEqual([]);
    expect(foot({ nextHref: "/orders?after=9" }).text).toBe("Anterior Siguiente");
  });
});

describe("a list with nothing to show", () => {
  test("teaches how to begin while there is nothing yet", () => {
    const first = seen(
      <EmptyState
        icon={<svg />}
        title="Aún no hay ventas"
        description="Aparecerán aquí."
        actions={<a href="/pos">Nueva venta</a>}
      />,
    );
    expect(first.text).toBe("Aún no hay ventas Aparecerán aquí. Nueva venta");
    expect(first.name).toBe(first.text);
    expect(seen(<EmptyState title="Nada" />).all("div")).toHaveLength(1);
  });

  test("offers to clear filters that leave nothing", () => {
    const none = seen(<NoMatch clearHref="/orders" />);
    expect(none.text).toContain("Nada coincide con tu búsqueda Prueba con otra palabra");
    expect(none.href("Limpiar filtros")).toBe("/orders");
    expect(seen(<NoMatch clearHref="/" description="Otro mes" />).text).toContain(
      "búsqueda Otro mes Limpiar",
    );
  });

  test("says whom to ask for who may not read it, and offers no way in", () => {
    const closed = seen(<NoPermission />);
    expect(closed.text).toBe("No tienes acceso a esta lista Pide el permiso a quien administra la óptica.");
    expect(closed.all("a")).toEqual([]);
    expect(seen(<NoPermission />, { language: "en" }).text).toMatch(/^You have no access to this list/);
  });
});
