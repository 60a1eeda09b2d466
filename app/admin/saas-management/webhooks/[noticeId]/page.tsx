import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { cache } from "react";
import { CONSOLE_ZONE } from "@/components/console/organizations-table";
import { gatewayName } from "@/components/console/payments-parts";
import { NoticeStatus, ProofBadge } from "@/components/console/webhooks-parts";
import { ActButton } from "@/components/ui/act-button";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Moment } from "@/components/ui/moment";
import { Page, PageHeader } from "@/components/ui/page-header";
import { getNotice, noticeReference } from "@/lib/console";
import { getTranslations } from "@/lib/i18n";
import { requirePlatform } from "@/lib/security/member";
import { orNotFound } from "@/lib/security/or-not-found";
import { replayNoticeAction } from "../actions";

const PATH = "/admin/saas-management/webhooks";

type Props = PageProps<"/admin/saas-management/webhooks/[noticeId]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { notice } = await staffAndNotice((await params).noticeId);
  return {
    title: (await getTranslations("consolePayments"))("webhooks.noticeTitle", { id: String(notice.id) }),
  };
}

export default async function NoticePage({ params }: Props) {
  const { staff, notice } = await staffAndNotice((await params).noticeId);
  const t = await getTranslations("consolePayments");
  const moment = (value: string) => <Moment value={value} timeZone={CONSOLE_ZONE} />;
  const mayReplay = staff.role === "super_admin" && notice.status !== "received" && notice.reference !== null;
  return (
    <Page>
      <PageHeader
        title={t("webhooks.noticeTitle", { id: String(notice.id) })}
        badge={<NoticeStatus status={notice.status} />}
        breadcrumbs={[{ href: PATH, label: t("webhooks.title") }]}
        actions={
          mayReplay && (
            <ActButton
              variant="primary"
              act={{ action: replayNoticeAction, id: String(notice.id), done: t("webhooks.replayed") }}
            >
              {t("webhooks.replay")}
            </ActButton>
          )
        }
      />
      <div className="flex flex-col gap-6">
        <Card title={t("webhooks.facts")}>
          <DescriptionList
            columns={3}
            items={[
              { label: t("gateway"), value: gatewayName(notice.gateway) },
              { label: t("webhooks.kind"), value: notice.kind },
              { label: t("proof.label"), value: <ProofBadge proof={notice.verified_by} /> },
              {
                label: t("reference"),
                value: notice.reference && (
                  <code className="text-sm break-all">
                    {notice.reference_kind} {notice.reference}
                  </code>
                ),
              },
              { label: t("webhooks.when"), value: moment(notice.received_at) },
              { label: t("webhooks.attempts"), value: notice.attempts },
              {
                label: t("webhooks.next"),
                value: notice.status === "received" && moment(notice.next_attempt_at),
              },
              { label: t("webhooks.trace"), value: notice.trace_id },
              {
                label: t("webhooks.about"),
                value: notice.about?.payment_id ? (
                  <Link
                    href={`/admin/saas-management/payments/${notice.about.payment_id}`}
                    prefetch={false}
                    className="text-brand-text underline underline-offset-2"
                  >
                    {notice.about.organization ?? t("webhooks.openPayment")}
                  </Link>
                ) : (
                  (notice.about?.organization ?? t("webhooks.nobody"))
                ),
              },
              { label: t("webhooks.error"), value: notice.last_error, wide: true },
            ]}
          />
        </Card>
        {notice.headers.length > 0 && (
          <Card title={t("webhooks.headers")} description={t("webhooks.bodyHint")}>
            <DescriptionList
              columns={1}
              items={notice.headers.map(({ name, value }) => ({
                label: name,
                value: <code className="text-sm break-all">{value}</code>,
              }))}
            />
          </Card>
        )}
        <Card title={t("webhooks.body")} description={t("webhooks.bodyHint")}>
          {notice.purged ? (
            <Alert tone="neutral">{t("webhooks.purged")}</Alert>
          ) : notice.body === "" ? (
            <p className="text-ink-soft">{t("webhooks.noBody")}</p>
          ) : (
            <section
              // What scrolls must be reachable by the keyboard.
              tabIndex={0}
              aria-label={t("webhooks.body")}
              className="max-h-112 overflow-auto rounded-lg bg-sunken p-4"
            >
              <pre className="text-sm">{notice.body}</pre>
            </section>
          )}
        </Card>
      </div>
    </Page>
  );
}

/** A number that is none is as unknown as one that no notice has. */
const staffAndNotice = cache(async (id: string) => {
  const staff = await requirePlatform();
  const parsed = noticeReference.safeParse({ id });
  if (!parsed.success) notFound();
  return { staff, notice: await orNotFound("not_found", getNotice(staff, parsed.data.id)) };
});
