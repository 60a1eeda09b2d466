"use client";

import { useRef, useState } from "react";
import { newKey } from "@/components/ui/new-key";
import type { Problem } from "@/components/ui/problem";
import type { Tender } from "@/lib/sales/totals";
import { type CartLine, type PendingSale, saleBody, type Till } from "./cart";
import type { PriceChange } from "./desk";
import type { ProductSource } from "./product-source";
import { type NoAnswer, sendSale } from "./send-sale";
import type { TillEvent } from "./till-events";

interface PaymentSetting {
  readonly branchId: string;
  readonly products: ProductSource;
  /** The till as it stands when called. */
  readonly current: () => Till;
  readonly dispatch: (event: TillEvent) => void;
  /** The server refused the lines as they were sent; those in the cart show fresh prices and stock by now. */
  readonly onRefused: (problem: Problem, sent: readonly CartLine[], changes: readonly PriceChange[]) => void;
  readonly onSold: () => void;
  /** No answer came: the sale waits to be sent again. */
  readonly onUnanswered: () => void;
}

/**
 * Sends a sale until it has an answer. The key is made once, when payment starts, and is in the browser's storage
 * before the first byte leaves: whatever happens then, the same sale goes out under the same key.
 */
export function usePayment({
  branchId,
  products,
  current,
  dispatch,
  onRefused,
  onSold,
  onUnanswered,
}: PaymentSetting) {
  const [sending, setSending] = useState(false);
  const [noAnswer, setNoAnswer] = useState<NoAnswer | null>(null);
  const busy = useRef(false); // a second click comes before the next render

  async function deliver(pending: PendingSale) {
    if (busy.current) return;
    busy.current = true;
    setSending(true);
    setNoAnswer(null);
    const { customer, lines } = current();
    const outcome = await sendSale(pending);
    busy.current = false;
    setSending(false);
    switch (outcome.kind) {
      case "sold":
        dispatch({ type: "answered", finished: { ...outcome.answer, tenders: pending.tenders, customer } });
        onSold();
        return;
      case "unanswered":
        setNoAnswer(outcome.why);
        onUnanswered();
        return;
      case "refused":
        dispatch({ type: "refused" });
        onRefused(outcome.problem, lines, await refresh(current(), products, dispatch));
        return;
      default:
    }
  }

  const pay = (tenders: readonly Tender[]) => {
    const till = current();
    if (busy.current || till.pending || till.lines.length === 0) return;
    const pending = { key: newKey(), body: saleBody(till, branchId, tenders), tenders };
    dispatch({ type: "sent", pending });
    void deliver(pending);
  };

  const retry = () => {
    const { pending } = current();
    if (pending) void deliver(pending);
  };

  return { sending, noAnswer, pay, retry };
}

/** Shows prices and stock as they are now; tells which prices are new. */
async function refresh(
  till: Till,
  products: ProductSource,
  dispatch: (event: TillEvent) => void,
): Promise<PriceChange[]> {
  const seen = await products.refresh(till.lines.map(({ productId }) => productId)).catch(() => []);
  dispatch({ type: "productsSeen", products: seen });
  return till.lines.flatMap(({ productId, name, unitPrice }) => {
    const product = seen.find(({ id }) => id === productId);
    return product && product.price !== unitPrice ? [{ name, from: unitPrice, to: product.price }] : [];
  });
}
