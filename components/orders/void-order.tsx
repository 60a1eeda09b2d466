"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { ConfirmButton } from "@/components/ui/alert-dialog";
import type { FormAction } from "@/components/ui/form-outcome";
import { Ban } from "@/components/ui/icons";
import type { VoidDrawer } from "@/lib/cash-register";
import { formatMoney } from "@/lib/money";
import { VoidDrawerChoice } from "./void-drawer-choice";

interface VoidOrderProps {
  orderId: string;
  receiptNumber: number;
  /** Pesos of cash that have to be given back. */
  cash: number;
  /** Where they can come from, the likeliest first. */
  drawers: readonly VoidDrawer[];
  /** May put money into a drawer of their own in this branch. */
  mayPayIn: boolean;
  action: FormAction<null>;
}

/** Voids a sale: final, so it asks for the receipt's number, a reason and the drawer that gives the cash back. */
export function VoidOrder({ orderId, receiptNumber, cash, drawers, mayPayIn, action }: VoidOrderProps) {
  const t = useTranslations("orders.void");
  const locale = useLocale();
  const router = useRouter();
  const amount = formatMoney(cash, "CLP", locale);
  return (
    <ConfirmButton
      variant="quietDanger"
      icon={<Ban aria-hidden />}
      label={t("button")}
      title={t("title", { number: receiptNumber })}
      description={t("description")}
      action={action}
      values={{ orderId }}
      confirmText={String(receiptNumber)}
      confirmLabel={t("confirm")}
      askReason
      reasonLabel={t("reason")}
      successMessage={t("done")}
      onSuccess={() => router.refresh()}
    >
      {cash > 0 && drawers.length > 0 && (
        <VoidDrawerChoice amount={amount} drawers={drawers} mayPayIn={mayPayIn} />
      )}
      {cash > 0 && drawers.length === 0 && <Alert tone="warning">{t("noDrawer", { amount })}</Alert>}
    </ConfirmButton>
  );
}
