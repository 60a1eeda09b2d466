import { Page } from "@/components/ui/page-header";
import { PageHeaderSkeleton, TableSkeleton } from "@/components/ui/skeleton";

/** What most pages of the shop look like before they are there: a head and a table. */
export default function Loading() {
  return (
    <Page>
      <PageHeaderSkeleton />
      <div className="rounded-xl border border-line bg-surface shadow-xs">
        <TableSkeleton />
      </div>
    </Page>
  );
}
