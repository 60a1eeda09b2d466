import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { PaymentsActions } from "@/components/console/payments-actions";
import { PaymentsFacts, PaymentsNames } from "@/components/console/payments-facts";
import { PaymentsLedger } from "@/components/console/payments-ledger";
import { gatewayName, TestBadge } from "@/components/console/payments-parts";
import { PaymentsRefunds } from "@/components/console/payments-refunds";
import { PaymentsReview } from "@/components/console/payments-review";
import { PaymentsTimeline } from "@/components/console/payments-timeline";
import { ButtonLink } from "@/components/ui/button";
import { Page, PageHeader } from "@/components/ui/page-header";
import { StatusBadge } from "@/components/ui/status-badge";
import { getPaymentDetail } from "@/lib/console";
import { getTranslations } from "@/lib/i18n";
import { requirePlatform } from "@/lib/security/member";
import { orNotFound } from "@/lib/security/or-not-found";
import { gateways } from "@/lib/wiring/gateways";
import { approveAction, askGatewayAction, refundAction, resolveReviewAction } from "../actions";

type Props = PageProps<"/admin/saas-management/payments/[paymentId]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { detail } = await staffAndPayment((await params).paymentId);
  return {
    title: (await getTranslations("consolePayments"))("detail.title", { name: detail.organization.name }),
  };
}

export default async function PaymentPage({ params }: Props) {
  const { staff, detail } = await staffAndPayment((await params).paymentId);
  const { payment, organization } = detail;
  const t = await getTranslations("consolePayments");
  const mayWrite = staff.role === "super_admin";
  const approve = mayWrite ? approveAction : null;
  const found = gateways.find(payment.gateway);
  const refunds = found.state === "on" ? found.gateway.capabilities.refunds : "sync";
  const refundable = detail.refundable && detail.refundable.amount > 0 ? detail.refundable : null;
  return (
    <Page>
      <PageHeader
        title={t("detail.title", { name: organization.name })}
        badge={
          <>
            <StatusBadge status={payment.status} />
            {payment.test_mode && <TestBadge />}
          </>
        }
        breadcrumbs={[{ href: "/admin/saas-management/payments", label: t("title") }]}
        actions={
          <>
            <ButtonLink href={`/admin/saas-management/organizations/${organization.id}`} prefetch={false}>
              {t("organization")}
            </ButtonLink>
            {mayWrite && (
              <PaymentsActions
                paymentId={payment.id}
                refundable={refunds === "none" ? null : refundable}
                payerAccepts={refunds === "async" ? gatewayName(payment.gateway) : null}
                orderKey={randomUUID()}
                askable={detail.names.length > 0}
                ask={askGatewayAction}
                refund={refundAction}
              />
            )}
          </>
        }
      />
      <div className="flex flex-col gap-6">
        <PaymentsReview
          payment={payment}
          received={detail.received}
          decisions={detail.decisions}
          resolve={mayWrite ? resolveReviewAction : null}
          approve={approve}
        />
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <PaymentsFacts detail={detail} />
          <div className="flex min-w-0 flex-col gap-6">
            <PaymentsRefunds
              refunds={detail.refunds}
              approve={approve}
              byHand={refunds === "none" && refundable ? gatewayName(payment.gateway) : null}
            />
            <PaymentsNames detail={detail} />
          </div>
        </div>
        <PaymentsLedger lines={detail.ledger} />
        <PaymentsTimeline entries={detail.timeline} />
      </div>
    </Page>
  );
}

/** An id that is none is as unknown as one that nobody has. */
const staffAndPayment = cache(async (id: string) => {
  const staff = await requirePlatform();
  if (!z.uuid().safeParse(id).success) notFound();
  return { staff, detail: await orNotFound("payment.not_found", getPaymentDetail(staff, id)) };
});
