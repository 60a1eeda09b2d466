import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PurchaseTable } from "@/components/customers/purchase-table";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ShoppingBag } from "@/components/ui/icons";
import { Money } from "@/components/ui/money";
import { listPurchases } from "@/lib/customers";
import { getTranslations } from "@/lib/i18n";
import { maySell } from "@/lib/sales";
import { memberAndCustomer } from "../../customer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("customers"))("tabs.purchases") };
}

export default async function PurchasesPage({ params }: PageProps<"/customers/[customerId]/purchases">) {
  const { member, customer } = await memberAndCustomer((await params).customerId, "customers.read");
  if (!member.can("orders.read")) notFound();
  const [{ rows, count, total }, t] = await Promise.all([
    listPurchases(member, customer.id),
    getTranslations("customers.purchases"),
  ]);
  if (rows.length === 0) {
    return (
      <Card>
        <EmptyState
          icon={<ShoppingBag aria-hidden />}
          title={t("emptyTitle")}
          description={t("emptyDescription")}
          actions={maySell(member) && <ButtonLink href="/pos">{t("sell")}</ButtonLink>}
        />
      </Card>
    );
  }
  return (
    <Card
      flush
      title={
        <>
          {t("summary", { count })} · <Money minor={total} />
        </>
      }
      description={count > rows.length ? t("latest", { count: rows.length }) : undefined}
    >
      <PurchaseTable rows={rows} />
    </Card>
  );
}
