import { Page } from "@/components/ui/page-header";
import { PageHeaderSkeleton, StatGridSkeleton, TableSkeleton } from "@/components/ui/skeleton";

export default function ConsoleLoading() {
  return (
    <Page>
      <PageHeaderSkeleton />
      <StatGridSkeleton />
      <TableSkeleton />
    </Page>
  );
}
