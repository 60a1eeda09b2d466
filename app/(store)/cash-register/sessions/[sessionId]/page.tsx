import type { Metadata } from "next";
import { MovementList } from "@/components/cash-register/movement-list";
import { SessionReportCards } from "@/components/cash-register/session-report";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Lock, Receipt } from "@/components/ui/icons";
import { Page, PageHeader } from "@/components/ui/page-header";
import { PrintButton } from "@/components/ui/print-button";
import { StatusBadge } from "@/components/ui/status-badge";
import type { SessionReport } from "@/lib/cash-register";
import { getTranslations } from "@/lib/i18n";
import type { Member } from "@/lib/security/member";
import { memberAndSession } from "./session";

type Props = PageProps<"/cash-register/sessions/[sessionId]">;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("cashRegister"))("report.title") };
}

export default async function SessionPage({ params }: Props) {
  const { member, session } = await memberAndSession((await params).sessionId);
  const t = await getTranslations("cashRegister");
  const subtitle = t("report.subtitle", { member: session.memberName, branch: session.branchName });
  return (
    <Page width="narrow">
      <PageHeader
        title={t("report.title")}
        badge={<StatusBadge status={session.status} />}
        description={subtitle}
        breadcrumbs={[
          { href: "/cash-register", label: t("title") },
          { href: "/cash-register/sessions", label: t("tabs.sessions") },
        ]}
        actions={<Actions member={member} session={session} />}
      />
      {/* The head above stays on the screen; paper gets its own. */}
      <div className="mb-4 hidden print:block">
        <p className="text-xl font-semibold">{`${member.organization.name} · ${t("report.title")}`}</p>
        <p>{subtitle}</p>
      </div>
      <div className="flex flex-col gap-6">
        {session.status === "open" && (
          <Alert tone="info" title={t("report.stillOpen")}>
            {t("report.stillOpenText")}
          </Alert>
        )}
        <SessionReportCards session={session} />
        {session.movements.length > 0 && (
          <Card title={t("report.movements")}>
            <MovementList movements={session.movements} timeZone={session.timeZone} />
          </Card>
        )}
        {session.note && (
          <Card title={t("report.note")}>
            <p className="whitespace-pre-line">{session.note}</p>
          </Card>
        )}
      </div>
    </Page>
  );
}

async function Actions({ member, session }: { member: Member; session: SessionReport }) {
  const t = await getTranslations("cashRegister");
  const { id, status, businessDate, branchId } = session;
  if (status === "open") {
    return (
      member.can("cash.operate") && (
        <ButtonLink
          href={`/cash-register/sessions/${id}/close`}
          variant="primary"
          icon={<Lock aria-hidden />}
        >
          {t("close.title")}
        </ButtonLink>
      )
    );
  }
  return (
    <>
      {member.can("orders.read") && (
        <ButtonLink
          href={`/orders?from=${businessDate}&to=${businessDate}&branch=${branchId}`}
          icon={<Receipt aria-hidden />}
        >
          {t("report.orders")}
        </ButtonLink>
      )}
      <PrintButton variant="primary">{t("report.print")}</PrintButton>
    </>
  );
}
