import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { CloseDrawerForm } from "@/components/cash-register/close-drawer-form";
import { Page, PageHeader } from "@/components/ui/page-header";
import { ClientMessages, getTranslations } from "@/lib/i18n";
import { closeDrawerAction } from "../../../actions";
import { memberAndSession } from "../session";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("cashRegister"))("close.title") };
}

export default async function CloseDrawerPage({
  params,
}: PageProps<"/cash-register/sessions/[sessionId]/close">) {
  const { member, session } = await memberAndSession((await params).sessionId);
  if (!member.can("cash.operate")) notFound();
  if (session.status === "closed") redirect(`/cash-register/sessions/${session.id}`);
  const t = await getTranslations("cashRegister");
  const keptAs = ["count", session.id, member.memberId].join(":");
  const own = session.memberId === member.memberId;
  return (
    <ClientMessages namespaces={["cashRegister"]}>
      <Page width="narrow">
        <PageHeader
          title={own ? t("close.title") : t("close.titleOther", { name: session.memberName })}
          description={t("close.description")}
          breadcrumbs={[{ href: "/cash-register", label: t("title") }]}
        />
        <CloseDrawerForm
          key={keptAs}
          sessionId={session.id}
          keptAs={keptAs}
          action={closeDrawerAction}
          backHref={own ? "/cash-register" : `/cash-register/sessions/${session.id}`}
        />
      </Page>
    </ClientMessages>
  );
}
