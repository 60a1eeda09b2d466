import type { Metadata } from "next";
import { FeatureLocked } from "@/components/billing/feature-locked";
import { Till } from "@/components/pos/till";
import { EmptyState } from "@/components/ui/empty-state";
import { ScanBarcode } from "@/components/ui/icons";
import { Page, PageHeader } from "@/components/ui/page-header";
import { ClientMessages, getTranslations } from "@/lib/i18n";
import { findTill } from "@/lib/sales";
import { requireMember } from "@/lib/security/member";
import {
  approveDiscountAction,
  countPrintAction,
  createCustomerAction,
  listApproversAction,
  listParkedSalesAction,
  mailReceiptAction,
  openDrawerAction,
  parkSaleAction,
  takeParkedSaleAction,
} from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("pos"))("title") };
}

const actions = {
  listApprovers: listApproversAction,
  approveDiscount: approveDiscountAction,
  openDrawer: openDrawerAction,
  parkSale: parkSaleAction,
  listParkedSales: listParkedSalesAction,
  takeParkedSale: takeParkedSaleAction,
  createCustomer: createCustomerAction,
  countPrint: countPrintAction,
  mailReceipt: mailReceiptAction,
};

export default async function PointOfSalePage() {
  const member = await requireMember("sales.create");
  if (!member.has("pos")) {
    return (
      <Page>
        <PageHeader title={(await getTranslations("pos"))("title")} />
        <FeatureLocked feature="pos" mayUpgrade={member.can("billing.read")} />
      </Page>
    );
  }
  const { branch } = member;
  if (!branch) {
    const t = await getTranslations("pos.noBranch");
    return (
      <Page>
        <EmptyState icon={<ScanBarcode aria-hidden />} title={t("title")} description={t("description")} />
      </Page>
    );
  }
  const { drawerId, parkedCount } = await findTill(member, branch.id);
  const storageName = ["till", member.organization.id, branch.id, member.memberId].join(":");
  return (
    <ClientMessages namespaces={["pos", "receipts"]}>
      <Till
        key={storageName}
        storageName={storageName}
        branch={{ id: branch.id, name: branch.name }}
        ceilingBp={member.maxDiscountBp}
        canCreateProducts={member.can("products.write")}
        canCreateCustomers={member.can("customers.write")}
        canSeePlans={member.can("billing.read")}
        drawerOpen={drawerId !== null}
        parkedCount={parkedCount}
        actions={actions}
      />
    </ClientMessages>
  );
}
