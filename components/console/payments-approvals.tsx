import { useLocale, useTranslations } from "next-intl";
import { ConfirmButton } from "@/components/ui/alert-dialog";
import { Card } from "@/components/ui/card";
import { Field, type FormAction } from "@/components/ui/form";
import { Moment } from "@/components/ui/moment";
import { Cell, Header, Row, RowLink, Table, TableBody, TableHead } from "@/components/ui/table";
import { Textarea } from "@/components/ui/textarea";
import { formatMoney, isCurrency } from "@/lib/money";
import { CONSOLE_ZONE } from "./organizations-table";
import { Amount, TestBadge } from "./payments-parts";

interface Waiting {
  kind: "refund" | "review";
  id: string;
  payment_id: string;
  organization: string;
  amount: number;
  currency: string;
  reason: string;
  asked_by: string | null;
  asked_by_me: boolean;
  asked_at: Date;
  test_mode: boolean;
}

interface PaymentsApprovalsProps {
  path: string;
  waiting: readonly Waiting[];
  /** Null for staff who may only look. */
  approve: FormAction<unknown> | null;
}

/** Money above the limit that waits for a second person; nothing when there is none. */
export function PaymentsApprovals({ path, waiting, approve }: PaymentsApprovalsProps) {
  const t = useTranslations("consolePayments");
  if (waiting.length === 0) return null;
  return (
    <Card title={t("approvals.title")} description={t("approvals.description")} flush>
      <Table caption={t("approvals.title")}>
        <TableHead>
          <Header>{t("organization")}</Header>
          <Header>{t("approvals.title")}</Header>
          <Header numeric>{t("amount")}</Header>
          <Header>
            <span className="sr-only">{t("approvals.approve")}</span>
          </Header>
        </TableHead>
        <TableBody>
          {waiting.map((one) => (
            <Row key={one.id}>
              <Cell lead>
                <RowLink href={`${path}/${one.payment_id}`}>{one.organization}</RowLink>
                <span className="block text-xs font-normal text-ink-faint">
                  <Moment value={one.asked_at} timeZone={CONSOLE_ZONE} />
                </span>
              </Cell>
              <Cell label={t("approvals.title")}>
                {t(`approvals.kinds.${one.kind}`)} {one.test_mode && <TestBadge />}
                <span className="block text-sm text-ink-soft">
                  {t("approvals.asked", { name: one.asked_by ?? t("approvals.someone") })}: {one.reason}
                </span>
              </Cell>
              <Cell label={t("amount")} numeric>
                <Amount minor={one.amount} currency={one.currency} />
              </Cell>
              <Cell>
                <span className="relative z-1 flex flex-wrap justify-end gap-2">
                  <ApprovalButtons
                    kind={one.kind}
                    id={one.id}
                    amount={one.amount}
                    currency={one.currency}
                    mine={one.asked_by_me}
                    approve={approve}
                  />
                </span>
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

interface ApprovalButtonsProps {
  kind: "refund" | "review";
  id: string;
  amount: number;
  currency: string;
  /** Asked for by who is looking: somebody else has to say yes or no. */
  mine: boolean;
  approve: FormAction<unknown> | null;
}

/** Yes and no to money above the limit. */
export function ApprovalButtons({ kind, id, amount, currency, mine, approve }: ApprovalButtonsProps) {
  const t = useTranslations("consolePayments.approvals");
  const locale = useLocale();
  if (!approve) return null;
  if (mine) return <span className="text-sm text-ink-soft">{t("mine")}</span>;
  const written = isCurrency(currency) ? formatMoney(amount, currency, locale) : `${amount} ${currency}`;
  return (["yes", "no"] as const).map((word) => (
    <ConfirmButton
      key={word}
      size="sm"
      label={t(word === "yes" ? "approve" : "decline")}
      variant={word === "yes" ? "primary" : "secondary"}
      title={t(word === "yes" ? "approveTitle" : "declineTitle", { amount: written })}
      description={t(word === "yes" ? "approveHint" : "declineHint")}
      action={approve}
      values={{ id, kind, approve: word }}
      tone={word === "yes" ? "primary" : "danger"}
      confirmLabel={t(word === "yes" ? "approve" : "decline")}
      successMessage={t("done")}
    >
      <Field name="reason" label={t("note")}>
        <Textarea rows={2} />
      </Field>
    </ConfirmButton>
  ));
}
