/** What came of asking for a payment or a renewal. */
export type OpenedCheckout =
  | { readonly kind: "redirect"; readonly url: string }
  /** This gateway cannot take it now; nothing was paid, and another one may. */
  | { readonly kind: "elsewhere"; readonly detail: string }
  | { readonly kind: "refused"; readonly detail: string; readonly final: boolean }
  | { readonly kind: "no-answer" };

export interface CheckoutOrder {
  readonly gateway: string;
  readonly tier: string;
  readonly interval: "month" | "year";
  readonly coupon?: string;
}

/** Longer than one try of the server at a gateway; whoever waits 8 s is told of another way to pay. */
const ANSWER_WITHIN_MS = 7_500;
/** Refused before anything was opened, or while it is: the next try is the same one. */
const NOT_YET = ["idempotency.in_progress", "payment.checkout_busy", "rate.limited"];
const ELSEWHERE = ["payment.gateway_unavailable", "payment.gateway_off", "payment.currency_unsupported"];

/**
 * Asks the server to open a payment, or an automatic renewal.
 *
 * @param key the same for every try whose answer did not come: it never opens two
 */
export async function openCheckout(
  order: CheckoutOrder,
  renews: boolean,
  key: string,
): Promise<OpenedCheckout> {
  try {
    const answer = await fetch(`/api/payments/${renews ? "auto-renewals" : "intents"}`, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": key },
      body: JSON.stringify(order),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    const body: unknown = await answer.json();
    if (answer.status === 201) return { kind: "redirect", url: textOf(body, "redirectUrl") };
    const code = textOf(body, "code");
    const detail = textOf(body, "detail");
    if (ELSEWHERE.includes(code)) return { kind: "elsewhere", detail };
    return { kind: "refused", detail, final: !NOT_YET.includes(code) };
  } catch {
    return { kind: "no-answer" };
  }
}

function textOf(body: unknown, name: string): string {
  const value: unknown = typeof body === "object" && body !== null ? Reflect.get(body, name) : undefined;
  return typeof value === "string" ? value : "";
}
