"use client";

import { useTranslations } from "next-intl";
import type { KeyboardEvent } from "react";
import { ArrowLeftRight, Banknote, CreditCard } from "@/components/ui/icons";
import { tenderMethods } from "@/lib/sales/totals";
import type { TenderEntry } from "./use-tender-entry";

const icons = { cash: Banknote, debit: CreditCard, credit: CreditCard, transfer: ArrowLeftRight } as const;

/** Steps of the arrows through the means; those to the sides belong to the amount while it is written. */
const steps: Readonly<Record<string, 1 | -1>> = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 };

/** Chooses the means by an arrow: up and down wherever the focus is in the sheet, all four on the means themselves. */
export function chooseByArrow(event: KeyboardEvent, entry: TenderEntry): void {
  const by = steps[event.key];
  if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
  const aside = event.key === "ArrowLeft" || event.key === "ArrowRight";
  if (aside && !(event.target instanceof Element && event.target.closest("[role=radio]"))) return;
  event.preventDefault();
  entry.move(by);
}

/** The means of payment, one of which is chosen. */
export function TenderMethods({ entry }: { entry: TenderEntry }) {
  const t = useTranslations("pos.pay");
  return (
    <div role="radiogroup" aria-label={t("method")} className="grid grid-cols-2 gap-2">
      {tenderMethods.map((method) => {
        const Icon = icons[method];
        return (
          <button
            key={method}
            type="button"
            role="radio"
            aria-checked={entry.method === method}
            // Arrows move between them; a stop on each would be three too many.
            tabIndex={method === (entry.method ?? "cash") ? 0 : -1}
            onClick={() => entry.choose(method)}
            className="flex h-12 items-center gap-2.5 rounded-lg border border-line px-3.5 font-medium text-ink-soft transition-colors hover:bg-hover aria-checked:border-brand aria-checked:bg-brand-soft aria-checked:text-brand-text"
          >
            <Icon aria-hidden />
            {t(`methods.${method}`)}
          </button>
        );
      })}
    </div>
  );
}
