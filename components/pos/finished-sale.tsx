"use client";

import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useId, useRef } from "react";
import { ReceiptHandOut } from "@/components/receipts/receipt-hand-out";
import { Button } from "@/components/ui/button";
import { CircleCheck } from "@/components/ui/icons";
import { Kbd } from "@/components/ui/kbd";
import { formatMoney } from "@/lib/money";
import type { FinishedSale } from "./cart";
import { useDesk } from "./desk";
import { useTooSoon } from "./use-too-soon";

/** The sale that was just made: the change to give, the receipt to hand out, and on to the next. */
export function FinishedSalePanel({ sale, onNextSale }: { sale: FinishedSale; onNextSale: () => void }) {
  const t = useTranslations("pos.finished");
  const locale = useLocale();
  const { actions } = useDesk();
  const id = useId();
  const money = (pesos: number) => formatMoney(pesos, "CLP", locale);

  return (
    <div className="flex flex-1 flex-col overflow-y-auto p-5">
      <div className="flex items-center gap-2.5 text-success-text">
        <CircleCheck aria-hidden />
        <p id={`${id}-title`} className="font-semibold">
          {t("title", { number: sale.receiptNumber })}
        </p>
      </div>
      <div
        id={`${id}-change`}
        className="my-6 rounded-2xl bg-success-soft px-5 py-6 text-center text-success-text"
      >
        <p className="text-sm font-medium">{t("change")}</p>
        <p
          data-change={sale.change}
          className="mt-1 text-[3.25rem]/none font-semibold tracking-tight tabular"
        >
          {money(sale.change)}
        </p>
      </div>
      <dl className="space-y-1.5 text-sm">
        <Amount label={t("total")} value={money(sale.total)} />
        {sale.tenders.map(({ method, amount }) => (
          <Amount key={method} label={t(`methods.${method}`)} value={money(amount)} />
        ))}
        {sale.cashRounding !== 0 && (
          <Amount
            label={t("rounding")}
            value={`${sale.cashRounding > 0 ? "+" : "-"}${money(Math.abs(sale.cashRounding))}`}
          />
        )}
        {sale.customer && <Amount label={t("customer")} value={sale.customer.name} />}
      </dl>
      <div className="mt-6">
        <ReceiptHandOut
          orderId={sale.orderId}
          countPrint={actions.countPrint}
          mailReceipt={actions.mailReceipt}
          email={sale.customer?.email ?? ""}
        />
      </div>
      <div className="mt-auto flex flex-col gap-2 pt-6">
        <NextSale orderId={sale.orderId} describedBy={`${id}-title ${id}-change`} onNextSale={onNextSale} />
        <Link
          href={`/orders/${sale.orderId}`}
          className="py-2.5 text-center text-sm font-medium text-brand-text hover:underline"
        >
          {t("see")}
        </Link>
      </div>
    </div>
  );
}

interface NextSaleProps {
  orderId: string;
  /** Ids of what is to be heard with it: that it was sold, and the change. */
  describedBy: string;
  onNextSale: () => void;
}

/**
 * Enter is the next sale, without looking for the button. Not the Enter that paid, held or pressed twice: it would
 * take the change off the screen before anybody has read it.
 */
function NextSale({ orderId, describedBy, onNextSale }: NextSaleProps) {
  const t = useTranslations("pos.finished");
  const { dispatch } = useDesk();
  const button = useRef<HTMLButtonElement>(null);
  const tooSoon = useTooSoon(orderId);
  useEffect(() => button.current?.focus(), [orderId]);
  return (
    <Button
      ref={button}
      variant="primary"
      size="touch"
      block
      shortcut={<Kbd>↵</Kbd>}
      aria-describedby={describedBy}
      onKeyDown={(event) => {
        if (event.repeat) event.preventDefault();
      }}
      onClick={(event) => {
        if (tooSoon(event.timeStamp)) return;
        dispatch({ type: "cleared" });
        onNextSale();
      }}
    >
      {t("next")}
    </Button>
  );
}

function Amount({ label, value }: { label: string; value: string }) {
  return (
    <div className="flex justify-between gap-4">
      <dt className="text-ink-soft">{label}</dt>
      <dd className="text-right font-medium tabular">{value}</dd>
    </div>
  );
}
