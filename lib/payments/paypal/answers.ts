import { z } from "zod";
import { type Failure, type FailureKind, failed, type Outcome } from "../outcome";
import { redact } from "../redact";

const NOT_FOUND = "RESOURCE_NOT_FOUND";

const errorAnswer = z.object({
  name: z.string().nullish(),
  message: z.string().nullish(),
  debug_id: z.string().nullish(),
  details: z
    .array(z.object({ issue: z.string().nullish(), description: z.string().nullish() }))
    .nullish()
    .catch(null),
  error: z.string().nullish(),
  error_description: z.string().nullish(),
});

/** The payer's means, or the payer: no repetition of ours changes the answer. */
const DECLINED = new Set([
  "INSTRUMENT_DECLINED",
  "PAYER_ACCOUNT_LOCKED_OR_CLOSED",
  "PAYER_ACCOUNT_RESTRICTED",
  "PAYER_CANNOT_PAY",
  "PAYER_ACTION_REQUIRED",
  "TRANSACTION_REFUSED",
  "TRANSACTION_BLOCKED_BY_PAYEE",
  "TRANSACTION_LIMIT_EXCEEDED",
  "CARD_EXPIRED",
  "COMPLIANCE_VIOLATION",
  "REFUND_FAILED_INSUFFICIENT_FUNDS",
]);
/** An earlier or simultaneous call of ours got through: what became of it must be asked for. */
const ALREADY_SENT = new Set([
  "PREVIOUS_REQUEST_IN_PROGRESS",
  "DUPLICATE_INVOICE_ID",
  "DUPLICATE_REQUEST_ID",
]);

/**
 * What PayPal refused, by `details[].issue` first; null when the answer is not of PayPal's form and its status
 * says nothing certain.
 *
 * @param body the answer's JSON, or null
 */
export function refusalOf(status: number, body: unknown, secrets: readonly string[]): Outcome<never> | null {
  const parsed = errorAnswer.safeParse(body);
  const error = parsed.success ? parsed.data : null;
  const code = error?.details?.[0]?.issue ?? error?.name ?? error?.error ?? null;
  const said = [error?.message ?? error?.error_description, error?.details?.[0]?.description];
  const detail = redact(
    [...said, error?.debug_id && `debug_id ${error.debug_id}`].filter(Boolean).join("; "),
    secrets,
  );
  if (status === 401 || status === 403) return failed("auth", code ?? String(status), detail);
  if (code === null) return null;
  if (status === 404) return failed("invalid", NOT_FOUND, detail);
  return failed(kindOf(code), code, detail);
}

function kindOf(code: string): FailureKind {
  if (code === "invalid_client" || code === "AUTHENTICATION_FAILURE") return "auth";
  if (DECLINED.has(code)) return "declined";
  if (ALREADY_SENT.has(code)) return "unknown-outcome";
  if (code === "CURRENCY_NOT_SUPPORTED") return "unsupported";
  if (code === "RATE_LIMIT_REACHED") return "rate-limited";
  return "invalid";
}

/** Whether a failure says that PayPal knows nothing of that name. */
export function isNotFound(failure: Failure): boolean {
  return failure.kind === "invalid" && failure.code === NOT_FOUND;
}

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** JSON as a value; null when it is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
