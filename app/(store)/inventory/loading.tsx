import { Card } from "@/components/ui/card";
import { Page } from "@/components/ui/page-header";
import { PageHeaderSkeleton, TableSkeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <Page>
      <PageHeaderSkeleton />
      <Card flush>
        <TableSkeleton rows={10} columns={6} />
      </Card>
    </Page>
  );
}
