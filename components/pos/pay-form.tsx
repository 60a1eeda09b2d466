"use client";

import { useLocale, useTranslations } from "next-intl";
import { type KeyboardEvent, type MouseEvent, type SubmitEvent, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { formatMoney } from "@/lib/money";
import { useDesk } from "./desk";
import { Keypad } from "./keypad";
import { QuickNotes } from "./quick-notes";
import { SettlementSummary } from "./settlement-summary";
import { TenderAmount } from "./tender-amount";
import { chooseByArrow, TenderMethods } from "./tender-methods";
import type { TenderEntry } from "./use-tender-entry";
import { useTooSoon } from "./use-too-soon";

interface PayFormProps {
  entry: TenderEntry;
  /** Whether a press at this time was meant for what stood here before. */
  tooSoon: (atMs: number) => boolean;
}

/** What is handed over and by what means, until it is enough. */
export function PayForm({ entry, tooSoon }: PayFormProps) {
  const { sending, pay, online } = useDesk();
  const { next, after, tooMuch, method } = entry;
  const [askedOf, setAskedOf] = useState<number | null>(null);
  const asks = entry.unlikely && after.settled && askedOf === entry.amount;
  const unread = useTooSoon(asks ? entry.amount : null);

  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (sending || tooMuch || !online || !method) return;
    if (tooSoon(event.timeStamp) || unread(event.timeStamp)) return;
    if (!after.settled) return entry.putDown();
    if (entry.unlikely && !asks) return setAskedOf(entry.amount);
    pay(next.length > 0 ? next : [{ method: "cash", amount: 0 }]);
  }

  function keyPressed(event: KeyboardEvent) {
    if (event.key === "Enter" && event.repeat) return event.preventDefault(); // held: nobody means it once more
    chooseByArrow(event, entry);
  }

  return (
    <form onSubmit={submit} onKeyDown={keyPressed} onMouseDown={keepFocus} className="flex flex-col gap-4">
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-[minmax(0,1fr)_15rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <TenderMethods entry={entry} />
          <TenderAmount entry={entry} />
          {method === "cash" && <QuickNotes typed={entry.typed} due={entry.due} onChange={entry.type} />}
        </div>
        {/* It stays where it is, so that the button does not slip from under a finger. */}
        <div inert={!method} className="grid inert:opacity-55">
          <Keypad onDigits={entry.append} onErase={entry.erase} thousands />
        </div>
      </div>
      <SettlementSummary tenders={entry.tenders} after={after} onTakeBack={entry.takeBack} method={method} />
      {asks && <UnlikelyCash entry={entry} />}
      <PayButton entry={entry} asks={asks} />
    </form>
  );
}

/** A click beside everything, or the second one on a button that says something else by now, takes no focus away. */
function keepFocus(event: MouseEvent) {
  if (event.target instanceof Element && !event.target.closest("input, button, label"))
    event.preventDefault();
}

function UnlikelyCash({ entry: { amount, after } }: { entry: TenderEntry }) {
  const t = useTranslations("pos.pay");
  const locale = useLocale();
  const money = (pesos: number) => formatMoney(pesos, "CLP", locale);
  return (
    <Alert tone="warning" live title={t("unlikely", { amount: money(amount) })}>
      {t("unlikelyText", { change: money(after.change) })}
    </Alert>
  );
}

function PayButton({ entry, asks }: { entry: TenderEntry; asks: boolean }) {
  const t = useTranslations("pos.pay");
  const locale = useLocale();
  const { totals, sending, online } = useDesk();
  const { after, amount, method, tooMuch } = entry;
  const money = (pesos: number) => formatMoney(pesos, "CLP", locale);

  function label(): string {
    if (!method) return t("chooseMethod");
    if (!after.settled) return t("putDown", { amount: money(amount) });
    return asks
      ? t("confirmChange", { change: money(after.change) })
      : t("confirm", { total: money(totals.total) });
  }

  return (
    <>
      <Button
        type="submit"
        variant="primary"
        size="touch"
        block
        pending={sending}
        disabled={tooMuch || !online || !method}
        shortcut={<Kbd>↵</Kbd>}
      >
        {label()}
      </Button>
      {!online && <p className="text-center text-sm text-ink-soft">{t("offline")}</p>}
    </>
  );
}
