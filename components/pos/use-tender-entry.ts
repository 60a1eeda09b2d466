"use client";

import { useState } from "react";
import { type Settlement, settle, type Tender, type TenderMethod, tenderMethods } from "@/lib/sales/totals";
import { amountDue, isUnlikelyCash, withTender } from "./tenders";

const MOST_DIGITS = 12;

export interface TenderEntry {
  /** What was put down already, when a sale is split. */
  readonly tenders: readonly Tender[];
  /** Null once a part was put down: nobody has said yet how the rest comes. */
  readonly method: TenderMethod | null;
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
  /** So much more cash than is due that it wants to be said twice. */
  readonly unlikely: boolean;
  readonly choose: (method: TenderMethod) => void;
  readonly move: (by: 1 | -1) => void;
  readonly type: (amount: number | null) => void;
  /** Writes figures behind what is typed, as a keypad does. */
  readonly append: (digits: string) => void;
  readonly erase: () => void;
  /** Keeps what is entered, and asks how what is missing comes. */
  readonly putDown: () => void;
  readonly takeBack: (method: TenderMethod) => void;
}

/** How a total is being paid, tender by tender, until it is. */
export function useTenderEntry(total: number): TenderEntry {
  const [tenders, setTenders] = useState<readonly Tender[]>([]);
  const [method, setMethod] = useState<TenderMethod | null>("cash");
  const [typed, setTyped] = useState<number | null>(null);

  const due = method ? amountDue(total, tenders, method) : settle(total, tenders).missing;
  const amount = method ? (typed ?? due) : 0;
  const next = method && amount > 0 ? withTender(tenders, { method, amount }) : tenders;

  function choose(chosen: TenderMethod | null) {
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
    unlikely: method === "cash" && isUnlikelyCash(due, amount),
    choose,
    move: (by) => choose(method ? neighbour(method, by) : firstUnused(tenders, by)),
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
      choose(null);
    },
    takeBack(taken) {
      setTenders(tenders.filter((tender) => tender.method !== taken));
      choose(taken);
    },
  };
}

function neighbour(method: TenderMethod, by: 1 | -1): TenderMethod {
  const at = tenderMethods.indexOf(method) + by;
  return tenderMethods.at(at % tenderMethods.length) ?? "cash";
}

/** From the end that the arrow comes from. */
function firstUnused(tenders: readonly Tender[], by: 1 | -1): TenderMethod {
  const unused = tenderMethods.filter((method) => tenders.every((tender) => tender.method !== method));
  return unused.at(by === 1 ? 0 : -1) ?? "cash";
}
