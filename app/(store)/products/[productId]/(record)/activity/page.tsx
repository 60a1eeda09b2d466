import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ActivityPager } from "@/components/activity/activity-pager";
import { ActivityTable } from "@/components/activity/activity-table";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { History } from "@/components/ui/icons";
import { readTableView } from "@/components/ui/table-view";
import { auditQuery, describeEntry, listEntries } from "@/lib/audit";
import { getLocale, getPlainTranslator, getTranslations } from "@/lib/i18n";
import { memberAndProduct } from "../../product";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("products"))("tabs.activity") };
}

export default async function ActivityPage({
  params,
  searchParams,
}: PageProps<"/products/[productId]/activity">) {
  const { member, product } = await memberAndProduct((await params).productId, "products.read");
  if (!member.can("audit.read")) notFound();
  const view = readTableView(`/products/${product.id}/activity`, await searchParams);
  const position = { after: view.param("after") || null, before: view.param("before") || null };
  const [page, words, t, locale] = await Promise.all([
    listEntries(member, auditQuery.parse({ object: "products", objectId: product.id, ...position })),
    getPlainTranslator(),
    getTranslations("activity"),
    getLocale(),
  ]);
  const timeZone = member.branch?.timeZone ?? "America/Santiago";
  return (
    <Card flush>
      {page.entries.length > 0 ? (
        <ActivityTable
          entries={page.entries.map((entry) => describeEntry(entry, { words, timeZone, locale }))}
          timeZone={timeZone}
        />
      ) : (
        <EmptyState
          icon={<History aria-hidden />}
          title={t("emptyTitle")}
          description={t("emptyDescription")}
        />
      )}
      <ActivityPager
        newerHref={page.previous === null ? null : view.href({ before: String(page.previous) })}
        olderHref={page.next === null ? null : view.href({ after: String(page.next) })}
      />
    </Card>
  );
}
