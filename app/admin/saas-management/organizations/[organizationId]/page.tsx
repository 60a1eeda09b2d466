import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { ActivityCard } from "@/components/console/activity-card";
import { GovernActions } from "@/components/console/govern-actions";
import { MembersCard } from "@/components/console/members-card";
import { PaymentsCard } from "@/components/console/payments-card";
import { SubscriptionCard } from "@/components/console/subscription-card";
import { UsageCard } from "@/components/console/usage-card";
import { Alert } from "@/components/ui/alert";
import { Page, PageHeader } from "@/components/ui/page-header";
import { StatusBadge } from "@/components/ui/status-badge";
import { getOrganization } from "@/lib/console";
import { getTranslations } from "@/lib/i18n";
import { requirePlatform } from "@/lib/security/member";
import { orNotFound } from "@/lib/security/or-not-found";
import { inviteOwnerAction, setLimitAction, setStatusAction } from "../../actions";

type Props = PageProps<"/admin/saas-management/organizations/[organizationId]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { detail } = await staffAndOrganization((await params).organizationId);
  return { title: detail.organization.name };
}

export default async function OrganizationPage({ params }: Props) {
  const { staff, detail } = await staffAndOrganization((await params).organizationId);
  const { organization, subscription } = detail;
  const t = await getTranslations("console");
  const mayGovern = staff.role === "super_admin";
  return (
    <Page>
      <PageHeader
        title={organization.name}
        description={organization.slug}
        badge={
          <StatusBadge
            status={organization.status === "suspended" ? "suspended" : (subscription?.status ?? "cancelled")}
          />
        }
        breadcrumbs={[{ href: "/admin/saas-management/organizations", label: t("organizations.title") }]}
        actions={
          mayGovern && (
            <GovernActions
              organization={organization}
              setStatus={setStatusAction}
              inviteOwner={inviteOwnerAction}
            />
          )
        }
      />
      <div className="flex flex-col gap-6">
        {organization.status === "suspended" && (
          <Alert tone="warning" title={t("detail.suspended")}>
            {organization.status_reason}
          </Alert>
        )}
        {detail.auditBrokenAt !== null && (
          <Alert tone="danger" title={t("detail.auditBroken", { seq: detail.auditBrokenAt })}>
            {t("detail.auditBrokenHint")}
          </Alert>
        )}
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <SubscriptionCard detail={detail} />
          <UsageCard
            usage={detail.usage}
            organizationId={organization.id}
            setLimit={mayGovern ? setLimitAction : null}
          />
          <MembersCard members={detail.members} invitations={detail.invitations} branches={detail.branches} />
          <PaymentsCard payments={detail.payments} />
        </div>
        <ActivityCard activity={detail.activity} verifiedAt={detail.auditVerifiedAt} />
      </div>
    </Page>
  );
}

/** An id that is none is as unknown as one that nobody has. */
const staffAndOrganization = cache(async (id: string) => {
  const staff = await requirePlatform();
  if (!z.uuid().safeParse(id).success) notFound();
  return { staff, detail: await orNotFound("organization.not_found", getOrganization(staff, id)) };
});
