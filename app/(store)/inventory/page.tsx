import type { Metadata } from "next";
import Link from "next/link";
import { StockTable } from "@/components/inventory/stock-table";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState, NoMatch, NoPermission } from "@/components/ui/empty-state";
import { ExportLinks } from "@/components/ui/export-links";
import { PackageOpen } from "@/components/ui/icons";
import { Page, PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/table-tools";
import { readTableView } from "@/components/ui/table-view";
import { getTranslations } from "@/lib/i18n";
import { listStock, type StockQuery, stockQuery } from "@/lib/inventory";
import { type Member, requireMember } from "@/lib/security/member";
import { openView, SavedViews } from "../saved-views";
import { Filters } from "./filters";
import { InventoryHeader } from "./header";

const PATH = "/inventory";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("inventory"))("title") };
}

export default async function InventoryPage({ searchParams }: PageProps<"/inventory">) {
  const member = await requireMember();
  const t = await getTranslations("inventory");
  if (!member.can("inventory.read")) {
    return (
      <Page>
        <PageHeader title={t("title")} />
        <Card>
          <NoPermission description={t("noPermission")} />
        </Card>
      </Page>
    );
  }
  const parameters = await searchParams;
  const open = await openView(member, "stock", PATH, parameters);
  const view = readTableView(PATH, parameters);
  const query = stockQuery.parse({
    search: view.param("q"),
    category: view.param("category") || null,
    stock: view.param("stock"),
    ...view.place,
  });
  const page = await listStock(member, query);
  const filtered = query.search !== "" || query.category !== null || query.stock !== "any";
  const isEmpty = page.rows.length === 0;
  return (
    <Page>
      <InventoryHeader
        member={member}
        extra={page.total > 0 && <ExportLink member={member} query={query} />}
      />
      <Card flush>
        {(filtered || !isEmpty) && (
          <Filters
            view={view}
            query={query}
            branches={currentFirst(member)}
            views={<SavedViews member={member} list="stock" path={PATH} open={open} />}
          />
        )}
        {page.low > 0 && query.stock !== "low" && (
          <p className="border-t border-line bg-warning-soft px-5 py-2.5 text-sm text-warning-text">
            <Link href={view.href({ stock: "low" })} className="font-medium underline underline-offset-2">
              {t("lowCount", { count: page.low })}
            </Link>
          </p>
        )}
        {!isEmpty && <StockTable rows={page.rows} view={view} branches={currentFirst(member)} />}
        {isEmpty && filtered && <NoMatch clearHref={view.bare} />}
        {isEmpty && !filtered && <NothingYet member={member} />}
        {!isEmpty && <Pagination total={page.total} {...view.steps(page)} />}
      </Card>
    </Page>
  );
}

/** The branch where the person is, then the others by name. */
function currentFirst({ branch, branches }: Member) {
  return branch ? [branch, ...branches.filter(({ id }) => id !== branch.id)] : branches;
}

function ExportLink({ member, query }: { member: Member; query: StockQuery }) {
  if (!member.can("products.export")) return null;
  const parameters = new URLSearchParams();
  if (query.search) parameters.set("q", query.search);
  if (query.category) parameters.set("category", query.category);
  if (query.stock !== "any") parameters.set("stock", query.stock);
  return <ExportLinks href={`/api/exports/stock?${parameters}`} />;
}

async function NothingYet({ member }: { member: Member }) {
  const t = await getTranslations("inventory.empty");
  return (
    <EmptyState
      icon={<PackageOpen aria-hidden />}
      title={t("title")}
      description={t("description")}
      actions={
        <>
          <ButtonLink href="/products">{t("products")}</ButtonLink>
          {member.can("inventory.receive") && (
            <ButtonLink href="/inventory/receive" variant="primary">
              {t("action")}
            </ButtonLink>
          )}
        </>
      }
    />
  );
}
