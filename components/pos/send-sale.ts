import type { Problem } from "@/components/ui/problem";
import type { SaleAnswer } from "@/lib/sales";
import type { PendingSale } from "./cart";

const PATIENCE_MS = 20_000;

/** Why we do not know what became of a sale. */
export type NoAnswer = "offline" | "timeout" | "server" | "session";

export type SaleOutcome =
  | { readonly kind: "sold"; readonly answer: SaleAnswer }
  /** The server refused: nothing was recorded. */
  | { readonly kind: "refused"; readonly problem: Problem }
  /** Recorded or not, nobody knows: it must be sent again under the same key. */
  | { readonly kind: "unanswered"; readonly why: NoAnswer };

/** Sends a sale under its key. Never throws: whatever happens to the line is an outcome. */
export async function sendSale({ key, body }: PendingSale): Promise<SaleOutcome> {
  try {
    const response = await fetch("/api/pos/sales", {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": key },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return await outcomeOf(response);
  } catch (error) {
    const late = error instanceof DOMException && error.name === "TimeoutError";
    return { kind: "unanswered", why: late ? "timeout" : "offline" };
  }
}

async function outcomeOf(response: Response): Promise<SaleOutcome> {
  if (response.status === 201) {
    const answer = (await response.json()) as SaleAnswer;
    return { kind: "sold", answer };
  }
  if (response.status === 401) return { kind: "unanswered", why: "session" };
  // An earlier try under this key may have gone through even if this one met a busy server.
  if (response.status === 429 || response.status >= 500) return { kind: "unanswered", why: "server" };
  if (!response.headers.get("content-type")?.startsWith("application/problem+json")) {
    return { kind: "unanswered", why: "server" };
  }
  const problem = (await response.json()) as Problem;
  return { kind: "refused", problem };
}
