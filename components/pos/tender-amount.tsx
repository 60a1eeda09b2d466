"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Kbd } from "@/components/ui/kbd";
import { MoneyInput } from "@/components/ui/money-input";
import { formatMoney } from "@/lib/money";
import type { TenderMethod } from "@/lib/sales/totals";
import { useDesk } from "./desk";
import { useFirstFocus } from "./use-first-focus";
import { SCAN_FIELD } from "./use-scanner";
import type { TenderEntry } from "./use-tender-entry";

/** How much comes by the chosen means; without one, the question which it is. */
export function TenderAmount({ entry }: { entry: TenderEntry }) {
  return entry.method ? <AmountField entry={entry} method={entry.method} /> : <MethodQuestion />;
}

function AmountField({ entry, method }: { entry: TenderEntry; method: TenderMethod }) {
  const t = useTranslations("pos.pay");
  const locale = useLocale();
  const { sending } = useDesk();
  const { typed, due, tooMuch, type } = entry;
  const money = (pesos: number) => formatMoney(pesos, "CLP", locale);
  useFirstFocus("#tender-amount", method);
  return (
    <div>
      <label
        htmlFor="tender-amount"
        className="mb-1.5 flex items-baseline justify-between gap-3 text-sm font-medium"
      >
        {t(`amounts.${method}`)}
        <Arrows does={t("switch")} />
      </label>
      <MoneyInput
        {...SCAN_FIELD}
        id="tender-amount"
        key={method}
        size="lg"
        // Fingers have the keypad beside it.
        inputMode={window.matchMedia("(pointer: coarse)").matches ? "none" : "numeric"}
        value={typed}
        onValueChange={type}
        placeholder={money(due).replace(/^\$\s*/, "")}
        aria-invalid={tooMuch || undefined}
        aria-describedby="tender-hint"
        readOnly={sending}
      />
      <p id="tender-hint" className="mt-1.5 text-sm text-danger-text empty:hidden">
        {tooMuch && t("tooMuch", { due: money(due) })}
      </p>
    </div>
  );
}

/**
 * Stands where the amount was after a part was put down. It has the focus, where only an arrow says anything: neither
 * a second Enter nor a scanned code, which is made of figures and letters, chooses a card for the rest.
 */
function MethodQuestion() {
  const t = useTranslations("pos.pay");
  const question = useRef<HTMLParagraphElement>(null);
  useEffect(() => question.current?.focus(), []);
  return (
    <p
      ref={question}
      tabIndex={-1}
      className="flex items-baseline justify-between gap-3 text-sm font-medium outline-none"
    >
      {t("howTheRest")}
      <Arrows does={t("pick")} />
    </p>
  );
}

/** Says what the arrows do here. */
export function Arrows({ does }: { does: string }) {
  return (
    <span className="flex items-center gap-1 font-normal text-ink-soft pointer-coarse:hidden">
      <Kbd>↑</Kbd>
      <Kbd>↓</Kbd>
      {does}
    </span>
  );
}
