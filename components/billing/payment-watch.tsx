"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";

interface PaymentWatchProps {
  paymentId: string;
  /** What to say once the gateway knows of no money: refused, or left before the end. */
  unpaid: ReactNode;
  /** What to say until then. */
  children: ReactNode;
}

const FIRST_LOOK_MS = 1_000;
const SLOWEST_LOOK_MS = 15_000;
const WAITING = ["creating", "pending", "processing"];
/** Looks that find nothing paid before that is said: the first may have overtaken the gateway. */
const SURE_AFTER = 2;

/** Asks after a payment, ever more seldom, and shows the page anew as soon as it has moved. */
export function PaymentWatch({ paymentId, unpaid, children }: PaymentWatchProps) {
  const router = useRouter();
  const [unpaidLooks, setUnpaidLooks] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const look = async (waitMs: number) => {
      const seen = await stateOf(paymentId);
      if (seen && !WAITING.includes(seen.status)) return router.refresh();
      if (seen) setUnpaidLooks((looks) => (seen.status === "pending" && seen.isAsked ? looks + 1 : 0));
      timer = setTimeout(() => void look(Math.min(waitMs * 1.5, SLOWEST_LOOK_MS)), waitMs);
    };
    timer = setTimeout(() => void look(FIRST_LOOK_MS), FIRST_LOOK_MS);
    return () => clearTimeout(timer);
  }, [paymentId, router]);
  return unpaidLooks < SURE_AFTER ? children : unpaid;
}

interface Seen {
  readonly status: string;
  /** The gateway has answered about it. */
  readonly isAsked: boolean;
}

/** Null while nothing is known: the line may be down, and the next look may fare better. */
async function stateOf(paymentId: string): Promise<Seen | null> {
  try {
    const answer = await fetch(`/api/payments/${paymentId}`);
    const { status, checkedAt } = (await answer.json()) as { status?: unknown; checkedAt?: unknown };
    return answer.ok && typeof status === "string"
      ? { status, isAsked: typeof checkedAt === "string" }
      : null;
  } catch {
    return null;
  }
}
