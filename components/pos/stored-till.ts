import type { CartCustomer, CartLine, FinishedSale, PendingSale, Till } from "./cart";

/** Raised when the shape changes: what an older version wrote is then left aside, not misread. */
const VERSION = 1;

/** Writes a till for the browser's storage. */
export function writeTill(till: Till): string {
  return JSON.stringify({ version: VERSION, till });
}

/** Reads what `writeTill` wrote, or null: nothing there, another version, or a text that somebody else put there. */
export function readTill(text: string | null): Till | null {
  if (text === null) return null;
  try {
    const stored: unknown = JSON.parse(text);
    return isRecord(stored) && stored["version"] === VERSION ? tillFrom(stored["till"]) : null;
  } catch {
    return null;
  }
}

/** A till from JSON of unknown origin (storage, a parked sale), or null when it is none. */
export function tillFrom(value: unknown): Till | null {
  if (!isRecord(value)) return null;
  const { lines, selected, discountBp, customer, approval, pending, finished } = value;
  if (!Array.isArray(lines) || !lines.every(isLine)) return null;
  if (!isAmount(discountBp)) return null;
  if (!(customer === null || isCustomer(customer))) return null;
  if (!(pending === null || isPending(pending)) || !(finished === null || isFinished(finished))) return null;
  return {
    lines,
    selected: typeof selected === "string" ? selected : null,
    discountBp,
    customer,
    approval: isApproval(approval) ? approval : null,
    pending,
    finished,
  };
}

function isLine(value: unknown): value is CartLine {
  return (
    isRecord(value) &&
    ["productId", "name", "sku"].every((name) => typeof value[name] === "string") &&
    ["unitPrice", "quantity", "discountBp"].every((name) => isAmount(value[name])) &&
    (value["taxKind"] === "taxable" || value["taxKind"] === "exempt") &&
    (value["available"] === null || Number.isSafeInteger(value["available"]))
  );
}

function isCustomer(value: unknown): value is CartCustomer {
  return (
    isRecord(value) &&
    typeof value["id"] === "string" &&
    typeof value["name"] === "string" &&
    ["detail", "email"].every((name) => (value[name] ?? null) === null || typeof value[name] === "string")
  );
}

function isApproval(value: unknown): value is Till["approval"] {
  return (
    isRecord(value) &&
    typeof value["id"] === "string" &&
    isAmount(value["maxDiscountBp"]) &&
    isAmount(value["maxDiscount"]) &&
    isAmount(value["expiresAt"])
  );
}

function isPending(value: unknown): value is PendingSale {
  return (
    isRecord(value) &&
    typeof value["key"] === "string" &&
    isRecord(value["body"]) &&
    Array.isArray(value["tenders"])
  );
}

function isFinished(value: unknown): value is FinishedSale {
  return (
    isRecord(value) &&
    typeof value["orderId"] === "string" &&
    ["receiptNumber", "total", "change"].every((name) => isAmount(value[name])) &&
    Array.isArray(value["tenders"])
  );
}

function isAmount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
