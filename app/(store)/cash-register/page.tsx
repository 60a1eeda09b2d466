import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { FeatureLocked } from "@/components/billing/feature-locked";
import { CashTabs } from "@/components/cash-register/cash-tabs";
import { OpenDrawerForm } from "@/components/cash-register/open-drawer-form";
import { OwnDrawer } from "@/components/cash-register/own-drawer";
import { EmptyState } from "@/components/ui/empty-state";
import { Wallet } from "@/components/ui/icons";
import { Page, PageHeader } from "@/components/ui/page-header";
import { findOwnDrawer, getSession } from "@/lib/cash-register";
import { ClientMessages, getTranslations } from "@/lib/i18n";
import { maySell } from "@/lib/sales";
import { requireMember } from "@/lib/security/member";
import { moveCashAction, openDrawerAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("cashRegister"))("title") };
}

export default async function CashRegisterPage() {
  const member = await requireMember();
  if (!member.can("cash.operate")) {
    if (member.can("cash.review")) redirect("/cash-register/sessions");
    notFound();
  }
  const t = await getTranslations("cashRegister");
  const { branch } = member;
  if (!branch) {
    return (
      <Page>
        <EmptyState
          icon={<Wallet aria-hidden />}
          title={t("noBranch.title")}
          description={t("noBranch.description")}
        />
      </Page>
    );
  }
  const drawer = await findOwnDrawer(member, branch.id);
  return (
    <ClientMessages namespaces={["cashRegister"]}>
      <Page>
        <PageHeader title={t("title")} description={t("description", { branch: branch.name })} />
        <CashTabs />
        <div className="max-w-3xl">
          {drawer ? (
            <OwnDrawer
              session={await getSession(member, drawer.id)}
              moveCash={moveCashAction}
              maySell={maySell(member)}
            />
          ) : member.has("pos") ? (
            <OpenDrawerForm action={openDrawerAction} branchId={branch.id} />
          ) : (
            <FeatureLocked feature="pos" mayUpgrade={member.can("billing.read")} />
          )}
        </div>
      </Page>
    </ClientMessages>
  );
}
