"use client";

import { useState } from "react";
import { type Settlement, settle, type Tender, type TenderMethod, tenderMethods } from "@/lib/sales/totals";
import { amountDue, withTender } from "./tenders";

const MOST_DIGITS = 12;

export interface TenderEntry {
  /** What was put down already, when a sale is split. */
  readonly tenders: readonly Tender[];
  readonly method: TenderMethod;
  /** What is typed; null means exactly what is due. */
  readonly typed: number | null;
  /** What the chosen means would have to bring. */
  readonly due: number;
  /** What is entered: typed, or else what is due. */
  readonly amount: number;
  /** The tenders with what is entered now. */
  readonly next: readonly Tender[];
  readonly after: Settlement;
  /** A card cannot pay more than is due: it gives no change. */
  readonly tooMuch: boolean;
  readonly choose: (method: TenderMethod) => void;
  readonly move: (by: 1 | -1) => void;
  readonly type: (amount: number | null) => void;
  /** Writes figures behind what is typed, as a keypad does. */
  readonly append: (digits: string) => void;
  readonly erase: () => void;
  /** Keeps what is entered and goes on with what is missing. */
  readonly putDown: () => void;
  readonly takeBack: (method: TenderMethod) => void;
}

/** How a total is being paid, tender by tender, until it is. */
export function useTenderEntry(total: number): TenderEntry {
  const [tenders, setTenders] = useState<readonly Tender[]>([]);
  const [method, setMethod] = useState<TenderMethod>("cash");
  const [typed, setTyped] = useState<number | null>(null);

  const due = amountDue(total, tenders, method);
  const amount = typed ?? due;
  const next = amount > 0 ? withTender(tenders, { method, amount }) : tenders;

  function choose(chosen: TenderMethod) {
    setMethod(chosen);
    setTyped(null);
  }

  return {
    tenders,
    method,
    typed,
    due,
    amount,
    next,
    after: settle(total, next),
    tooMuch: method !== "cash" && amount > due,
    choose,
    move(by) {
      const at = tenderMethods.indexOf(method) + by;
      choose(tenderMethods.at(at % tenderMethods.length) ?? "cash");
    },
    type: setTyped,
    append(digits) {
      const text = `${typed ?? ""}${digits}`.replace(/^0+(?=\d)/, "");
      if (text.length <= MOST_DIGITS) setTyped(Number(text));
    },
    erase() {
      const text = String(typed ?? "").slice(0, -1);
      setTyped(text === "" ? null : Number(text));
    },
    putDown() {
      setTenders(next);
      choose(tenderMethods.find((other) => next.every((tender) => tender.method !== other)) ?? method);
    },
    takeBack(taken) {
      setTenders(tenders.filter((tender) => tender.method !== taken));
      choose(taken);
    },
  };
}
