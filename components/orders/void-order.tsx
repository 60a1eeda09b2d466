"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { ConfirmButton } from "@/components/ui/alert-dialog";
import type { FormAction } from "@/components/ui/form-outcome";
import { Ban } from "@/components/ui/icons";
import { formatMoney } from "@/lib/money";

interface VoidOrderProps {
  orderId: string;
  receiptNumber: number;
  /** Pesos that will leave the drawer of whoever voids it. */
  cash: number;
  action: FormAction<null>;
}

/** Voids a sale: final, so it asks for the receipt's number and a reason. */
export function VoidOrder({ orderId, receiptNumber, cash, action }: VoidOrderProps) {
  const t = useTranslations("orders.void");
  const locale = useLocale();
  const router = useRouter();
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
      {cash > 0 && <Alert tone="warning">{t("cash", { amount: formatMoney(cash, "CLP", locale) })}</Alert>}
    </ConfirmButton>
  );
}
