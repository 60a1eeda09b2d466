"use client";

import { useLocale, useTranslations } from "next-intl";
import type { KeyboardEvent, SubmitEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ArrowLeftRight, Banknote, CreditCard } from "@/components/ui/icons";
import { Kbd } from "@/components/ui/kbd";
import { MoneyInput } from "@/components/ui/money-input";
import { formatMoney } from "@/lib/money";
import { tenderMethods } from "@/lib/sales/totals";
import { useDesk } from "./desk";
import { DrawerStep } from "./drawer-step";
import { Keypad } from "./keypad";
import { QuickNotes } from "./quick-notes";
import { SettlementSummary } from "./settlement-summary";
import { useFirstFocus } from "./use-first-focus";
import { type TenderEntry, useTenderEntry } from "./use-tender-entry";

const icons = { cash: Banknote, debit: CreditCard, credit: CreditCard, transfer: ArrowLeftRight } as const;

/** How the sale is paid. Enter does what the large button says. */
export function PaySheet() {
  const t = useTranslations("pos.pay");
  const locale = useLocale();
  const { totals, close, sending, pay, online, drawerOpen } = useDesk();
  const entry = useTenderEntry(totals.total);
  const { next, after, tooMuch } = entry;
  const money = (pesos: number) => formatMoney(pesos, "CLP", locale);
  const wantsDrawer = !drawerOpen && after.cashDue > 0 && (entry.method === "cash" || after.settled);

  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (sending || tooMuch || !online || wantsDrawer) return;
    if (!after.settled) return entry.putDown();
    pay(next.length > 0 ? next : [{ method: "cash", amount: 0 }]);
  }

  function keyPressed(event: KeyboardEvent) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    entry.move(event.key === "ArrowDown" ? 1 : -1);
  }

  return (
    <Dialog
      open
      size={wantsDrawer ? "md" : "lg"}
      title={t("title", { total: money(totals.total) })}
      onOpenChange={() => !sending && close()}
    >
      {wantsDrawer ? (
        <div className="flex flex-col gap-4">
          <Methods entry={entry} />
          <DrawerStep />
        </div>
      ) : (
        <form onSubmit={submit} onKeyDown={keyPressed} className="flex flex-col gap-4">
          <div className="grid gap-x-6 gap-y-4 sm:grid-cols-[minmax(0,1fr)_15rem]">
            <div className="flex min-w-0 flex-col gap-4">
              <Methods entry={entry} />
              <AmountField entry={entry} />
              {entry.method === "cash" && (
                <QuickNotes typed={entry.typed} due={entry.due} onChange={entry.type} />
              )}
            </div>
            <Keypad onDigits={entry.append} onErase={entry.erase} thousands />
          </div>
          <SettlementSummary
            tenders={entry.tenders}
            after={after}
            onTakeBack={entry.takeBack}
            method={entry.method}
          />
          <Button
            type="submit"
            variant="primary"
            size="touch"
            block
            pending={sending}
            disabled={tooMuch || !online}
            shortcut={<Kbd>↵</Kbd>}
          >
            {after.settled
              ? t("confirm", { total: money(totals.total) })
              : t("putDown", { amount: money(entry.amount) })}
          </Button>
          {!online && <p className="text-center text-sm text-ink-soft">{t("offline")}</p>}
        </form>
      )}
    </Dialog>
  );
}

function Methods({ entry }: { entry: TenderEntry }) {
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
            // Arrows in the amount move between them; a stop on each would be three too many.
            tabIndex={entry.method === method ? 0 : -1}
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

function AmountField({ entry: { method, typed, due, tooMuch, type } }: { entry: TenderEntry }) {
  const t = useTranslations("pos.pay");
  const locale = useLocale();
  const { sending } = useDesk();
  const money = (pesos: number) => formatMoney(pesos, "CLP", locale);
  useFirstFocus("#tender-amount", method);
  return (
    <div>
      <label
        htmlFor="tender-amount"
        className="mb-1.5 flex items-baseline justify-between gap-3 text-sm font-medium"
      >
        {t(`amounts.${method}`)}
        <span className="flex items-center gap-1 font-normal text-ink-soft pointer-coarse:hidden">
          <Kbd>↑</Kbd>
          <Kbd>↓</Kbd>
          {t("switch")}
        </span>
      </label>
      <MoneyInput
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
