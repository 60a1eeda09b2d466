import type { Metadata } from "next";
import { DocumentTable, DocumentViewMenu } from "@/components/inventory/document-table";
import { Card } from "@/components/ui/card";
import { EmptyState, NoMatch } from "@/components/ui/empty-state";
import { FilterSelect } from "@/components/ui/filter-select";
import { ClipboardList } from "@/components/ui/icons";
import { Page } from "@/components/ui/page-header";
import { Pagination, TableToolbar } from "@/components/ui/table-tools";
import { readTableView } from "@/components/ui/table-view";
import { getTranslations } from "@/lib/i18n";
import { documentKinds, documentQuery, listDocuments } from "@/lib/inventory";
import { listBranches } from "@/lib/organizations";
import { requireMember } from "@/lib/security/member";
import { openView, SavedViews } from "../../saved-views";
import { InventoryHeader } from "../header";

const PATH = "/inventory/documents";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("inventory"))("documents.caption") };
}

export default async function DocumentsPage({ searchParams }: PageProps<"/inventory/documents">) {
  const member = await requireMember("inventory.read");
  const parameters = await searchParams;
  const open = await openView(member, "stock_documents", PATH, parameters);
  const view = readTableView(PATH, parameters);
  const query = documentQuery.parse({
    kind: view.param("kind") || null,
    ...view.place,
  });
  const [page, branches, t] = await Promise.all([
    listDocuments(member, query),
    listBranches(member),
    getTranslations("inventory"),
  ]);
  const isEmpty = page.rows.length === 0;
  const setting = {
    branches: new Map(branches.map(({ id, name }) => [id, name])),
    timeZone: member.branch?.timeZone ?? "America/Santiago",
  };
  return (
    <Page>
      <InventoryHeader member={member} />
      <Card flush>
        {(query.kind !== null || !isEmpty) && (
          <TableToolbar
            actions={
              <>
                <SavedViews member={member} list="stock_documents" path={PATH} open={open} />
                <DocumentViewMenu {...setting} />
              </>
            }
          >
            <FilterSelect
              name="kind"
              label={t("documents.kind")}
              anyLabel={t("documents.allKinds")}
              options={documentKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
            />
          </TableToolbar>
        )}
        {!isEmpty && <DocumentTable rows={page.rows} view={view} {...setting} />}
        {isEmpty && query.kind !== null && <NoMatch clearHref={view.bare} />}
        {isEmpty && query.kind === null && (
          <EmptyState
            icon={<ClipboardList aria-hidden />}
            title={t("documents.emptyTitle")}
            description={t("documents.emptyDescription")}
          />
        )}
        {!isEmpty && <Pagination total={page.total} {...view.steps(page)} />}
      </Card>
    </Page>
  );
}
