import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import type { FormAction } from "@/components/ui/form";
import { Moment } from "@/components/ui/moment";
import { StatusBadge } from "@/components/ui/status-badge";
import { CONSOLE_ZONE } from "./organizations-table";
import { ApprovalButtons } from "./payments-approvals";
import { Amount } from "./payments-parts";

interface PaymentsRefundsProps {
  refunds: readonly {
    id: string;
    amount: number;
    currency: string;
    status: string;
    reason: string;
    requestedBy: string | null;
    requestedByMe: boolean;
    createdAt: string;
    decision: { approved: boolean; by: string | null; reason: string | null } | null;
  }[];
  /** Null for staff who may only look. */
  approve: FormAction<unknown> | null;
  /** The gateway that gives nothing back when it is asked to: a person does it there; null: it does. */
  byHand: string | null;
}

/** Money that went back or is on its way. */
export function PaymentsRefunds({ refunds, approve, byHand }: PaymentsRefundsProps) {
  const t = useTranslations("consolePayments.refund");
  const somebody = useTranslations("consolePayments.approvals")("someone");
  return (
    <Card title={t("list")}>
      {byHand && (
        <Alert title={t("byHandTitle", { gateway: byHand })} className="mb-4">
          {t("byHand", { gateway: byHand })}
        </Alert>
      )}
      {refunds.length === 0 ? (
        <p className="text-ink-soft">{t("none")}</p>
      ) : (
        <ul className="divide-y divide-line">
          {refunds.map((refund) => (
            <li key={refund.id} className="flex flex-col gap-1.5 py-3 first:pt-0 last:pb-0">
              <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <span className="font-medium">
                  <Amount minor={refund.amount} currency={refund.currency} />
                </span>
                <StatusBadge status={refund.status} />
                <span className="ml-auto text-sm text-ink-soft">
                  <Moment value={refund.createdAt} timeZone={CONSOLE_ZONE} />
                </span>
              </span>
              <span className="text-sm text-ink-soft">
                {t("by", { name: refund.requestedBy ?? somebody, reason: refund.reason })}
              </span>
              {refund.decision && (
                <span className="text-sm text-ink-soft">
                  {t(refund.decision.approved ? "approvedBy" : "declinedBy", {
                    name: refund.decision.by ?? somebody,
                  })}
                  {refund.decision.reason && `: ${refund.decision.reason}`}
                </span>
              )}
              {refund.status === "awaiting_approval" && (
                <span className="flex flex-wrap gap-2">
                  <ApprovalButtons
                    kind="refund"
                    id={refund.id}
                    amount={refund.amount}
                    currency={refund.currency}
                    mine={refund.requestedByMe}
                    approve={approve}
                  />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
