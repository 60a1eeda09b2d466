import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { MovementTable } from "@/components/catalog/movement-table";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ArrowLeftRight } from "@/components/ui/icons";
import { getTranslations } from "@/lib/i18n";
import { listMovements, MOST_MOVEMENTS } from "@/lib/inventory";
import { memberAndProduct } from "../../product";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("products"))("tabs.movements") };
}

export default async function MovementsPage({ params }: PageProps<"/products/[productId]/movements">) {
  const { member, product } = await memberAndProduct((await params).productId, "products.read");
  if (!member.can("inventory.read") || !product.tracksStock) notFound();
  const [movements, t] = await Promise.all([
    listMovements(member, product.id),
    getTranslations("products.movements"),
  ]);
  if (movements.length === 0) {
    return (
      <Card>
        <EmptyState
          icon={<ArrowLeftRight aria-hidden />}
          title={t("emptyTitle")}
          description={t("emptyDescription")}
        />
      </Card>
    );
  }
  return (
    <Card flush title={t(movements.length < MOST_MOVEMENTS ? "all" : "latest", { count: movements.length })}>
      <MovementTable
        movements={movements}
        branches={member.branches}
        linksOrders={member.can("orders.read")}
      />
    </Card>
  );
}
