"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const FIRST_LOOK_MS = 1_000;
const SLOWEST_LOOK_MS = 15_000;
const WAITING = ["creating", "pending", "processing"];

/** Asks after a payment, ever more seldom, and shows the page anew as soon as it has moved. */
export function PaymentWatch({ paymentId }: { paymentId: string }) {
  const router = useRouter();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const look = async (waitMs: number) => {
      const status = await statusOf(paymentId);
      if (status !== null && !WAITING.includes(status)) router.refresh();
      else timer = setTimeout(() => void look(Math.min(waitMs * 1.5, SLOWEST_LOOK_MS)), waitMs);
    };
    timer = setTimeout(() => void look(FIRST_LOOK_MS), FIRST_LOOK_MS);
    return () => clearTimeout(timer);
  }, [paymentId, router]);
  return null;
}

/** Null while nothing is known: the line may be down, and the next look may fare better. */
async function statusOf(paymentId: string): Promise<string | null> {
  try {
    const answer = await fetch(`/api/payments/${paymentId}`);
    const body = (await answer.json()) as { status?: unknown };
    return answer.ok && typeof body.status === "string" ? body.status : null;
  } catch {
    return null;
  }
}
