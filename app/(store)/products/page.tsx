import type { Metadata } from "next";
import { NearLimit } from "@/components/billing/near-limit";
import { ProductTable, type StockShown } from "@/components/catalog/product-table";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState, NoMatch, NoPermission } from "@/components/ui/empty-state";
import { ExportLinks } from "@/components/ui/export-links";
import { Glasses, Plus } from "@/components/ui/icons";
import { Page, PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/table-tools";
import { readTableView, type TableView } from "@/components/ui/table-view";
import { listProducts, type ProductQuery, productQuery } from "@/lib/catalog";
import { getTranslations } from "@/lib/i18n";
import { getUsage } from "@/lib/organizations";
import { type Member, requireMember } from "@/lib/security/member";
import { openView, SavedViews } from "../saved-views";
import { archiveProductsAction, productIdsAction, restoreProductsAction } from "./actions";
import { exportHref } from "./export-href";
import { Filters } from "./filters";

const PATH = "/products";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("products"))("title") };
}

export default async function ProductsPage({ searchParams }: PageProps<"/products">) {
  const member = await requireMember();
  const t = await getTranslations("products");
  const header = { title: t("title"), description: t("description") };
  if (!member.can("products.read")) {
    return (
      <Page>
        <PageHeader {...header} />
        <Card>
          <NoPermission />
        </Card>
      </Page>
    );
  }
  const parameters = await searchParams;
  const open = await openView(member, "products", PATH, parameters);
  const view = readTableView(PATH, parameters, { column: "name", direction: "asc" });
  const query = queryOf(view);
  const [page, usage] = await Promise.all([listProducts(member, query), getUsage(member, "products")]);
  const mayWrite = member.can("products.write");
  const bulk = mayWrite
    ? {
        total: page.total,
        query: view.query,
        state: query.state,
        everyId: productIdsAction,
        archive: archiveProductsAction,
        restore: restoreProductsAction,
      }
    : undefined;
  const filtered = query.search !== "" || query.category || query.stock !== "any" || query.state !== "active";
  const create = mayWrite && (
    <ButtonLink href="/products/new" variant="primary" icon={<Plus aria-hidden />}>
      {t("new")}
    </ButtonLink>
  );
  return (
    <Page>
      <PageHeader
        {...header}
        actions={
          <>
            {member.can("products.export") && page.total > 0 && <ExportLinks href={exportHref(query)} />}
            {create}
          </>
        }
      />
      {mayWrite && <NearLimit metric="products" usage={usage} mayUpgrade={member.can("billing.read")} />}
      <Card flush>
        {(filtered || page.total > 0 || usage.used > 0) && (
          <Filters
            view={view}
            query={query}
            stock={stockShown(member)}
            views={<SavedViews member={member} list="products" path={PATH} open={open} />}
          />
        )}
        {page.rows.length > 0 && (
          <ProductTable bulk={bulk} rows={page.rows} view={view} stock={stockShown(member)} />
        )}
        {page.rows.length === 0 && filtered && <NoMatch clearHref={view.bare} />}
        {page.rows.length === 0 && !filtered && (
          <EmptyState
            icon={<Glasses aria-hidden />}
            title={t("empty.title")}
            description={t("empty.description")}
            actions={create}
          />
        )}
        {page.rows.length > 0 && <Pagination total={page.total} {...view.steps(page)} />}
      </Card>
    </Page>
  );
}

function stockShown(member: Member): StockShown {
  if (!member.can("inventory.read")) return "none";
  return member.branches.length > 1 ? "branches" : "branch";
}

function queryOf(view: TableView): ProductQuery {
  return productQuery.parse({
    search: view.param("q"),
    category: view.param("category") || null,
    stock: view.param("stock"),
    state: view.param("state"),
    column: view.sort?.column,
    direction: view.sort?.direction,
    ...view.place,
  });
}
