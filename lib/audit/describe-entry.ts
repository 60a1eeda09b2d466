import type { Json } from "@/lib/db/types";
import type { PlainTranslator } from "@/lib/i18n/translator";
import { wordOr } from "@/lib/i18n/word-or";
import { formatMoney } from "@/lib/money";
import { formatInstant } from "@/lib/time";
import type { AuditEntry } from "./list-entries";

/** In whose words and on whose clock a trail is told. */
export interface Teller {
  /** Translator over all namespaces. */
  readonly words: PlainTranslator;
  readonly timeZone: string;
  readonly locale: string;
  /** Names of records by id, for example of branches; an id without one is not told. */
  readonly names?: ReadonlyMap<string, string>;
}

/** One act, told for people. */
export interface ToldEntry {
  readonly seq: number;
  readonly at: Date;
  readonly actorName: string;
  readonly via: AuditEntry["via"];
  /** "cambió un cliente" */
  readonly sentence: string;
  /** "rol: Caja → Ventas", one a changed field; names of fields alone where no values are kept. */
  readonly details: readonly string[];
  readonly reason: string | null;
  /** Page of the record, where there is one. */
  readonly href: string | null;
}

/** Tells an act: who did what, and what changed. An act or a field without words is shown under its own name. */
export function describeEntry(entry: AuditEntry, teller: Teller): ToldEntry {
  const { seq, at, actorName, via, action, objectType, reason, changes } = entry;
  const fields = Object.entries(changes);
  // Changes of a row that are kept by name alone are written `true` by the trigger, which names the act so.
  const isNamed = (change: Json) => change === true && action === `${objectType}.updated`;
  const named = fields.filter(([, change]) => isNamed(change)).map(([field]) => fieldName(field, teller));
  const valued = fields.filter(
    ([field, change]) =>
      !isNamed(change) &&
      !isNothing(change) &&
      !isNameless(change, teller.names) &&
      !isUnchanged(field, change),
  );
  return {
    seq,
    at,
    actorName,
    via,
    sentence: wordOr(teller.words, `activity.actions.${action}`, action),
    details: [
      ...(named.length > 0 ? [teller.words("activity.changed", { fields: named.join(", ") })] : []),
      ...valued.map(([field, change]) => describeChange(field, change, teller)),
    ],
    reason,
    href: hrefOf(entry),
  };
}

function describeChange(field: string, change: Json, teller: Teller): string {
  const name = fieldName(field, teller);
  if (!isPair(field, change))
    return teller.words("activity.value", { field: name, value: describeValue(field, change, teller) });
  const [before, after] = change.map((value) => describeValue(field, value, teller));
  return teller.words("activity.change", { field: name, before: before ?? "", after: after ?? "" });
}

/** Before and after stand as a pair; anything else is one value. */
function isPair(field: string, change: Json): change is [Json, Json] {
  return Array.isArray(change) && change.length === 2 && !lists.has(field);
}

/** A value that would only say that there is none. */
function isNothing(change: Json): boolean {
  return change === null || change === "" || (Array.isArray(change) && change.length === 0);
}

function isUnchanged(field: string, change: Json): boolean {
  return isPair(field, change) && JSON.stringify(change[0]) === JSON.stringify(change[1]);
}

/** Fields whose value is itself a list. */
const lists = new Set(["branches", "granted", "revoked"]);
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
/** Fields whose values are codes with a word elsewhere. */
const vocabularies: Readonly<Record<string, string>> = {
  role: "members.roles",
  status: "common.status",
  granted: "members.permissions",
  revoked: "members.permissions",
  tier: "billing.tiers",
  interval: "activity.values.interval",
  when: "activity.values.when",
  event: "activity.values.event",
};

const pesos = new Set([
  "price",
  "cost",
  "total",
  "amount",
  "discount",
  "cashDifference",
  "cash",
  "debit",
  "credit",
  "transfer",
]);

function describeValue(field: string, value: Json, teller: Teller): string {
  const { words } = teller;
  if (value === null || value === "") return words("activity.nothing");
  if (typeof value === "boolean") return words(value ? "activity.yes" : "activity.no");
  if (typeof value === "number") return describeNumber(field, value, teller);
  if (typeof value === "string") return describeText(field, value, teller);
  if (Array.isArray(value)) return describeList(field, value, teller);
  return describeParts(value, teller);
}

function describeNumber(field: string, value: number, { locale }: Teller): string {
  if (pesos.has(field)) return formatMoney(value, "CLP", locale);
  return field === "discountBp" ? `${value / 100} %` : String(value);
}

function describeText(field: string, text: string, teller: Teller): string {
  if (INSTANT.test(text)) return formatInstant(new Date(text), teller.timeZone, teller.locale);
  const vocabulary = vocabularies[field];
  if (vocabulary) return wordOr(teller.words, `${vocabulary}.${text}`, text);
  return teller.names?.get(text) ?? text;
}

function describeList(field: string, values: readonly Json[], teller: Teller): string {
  if (values.length === 0) return teller.words("activity.nothing");
  return values.map((value) => describeValue(field, value, teller)).join(", ");
}

/** The parts that are not nothing: "efectivo $20.000, débito $5.000". */
function describeParts(value: Readonly<Record<string, Json>>, teller: Teller): string {
  const parts = Object.entries(value).filter(([, inner]) => inner !== 0 && inner !== null);
  if (parts.length === 0) return teller.words("activity.nothing");
  return parts
    .map(([part, inner]) => `${fieldName(part, teller)} ${describeValue(part, inner, teller)}`)
    .join(", ");
}

/** Whether a value is an id, or a list of ids, that nobody here can put a name to. */
function isNameless(value: Json, names: Teller["names"]): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every((inner) => isNameless(inner, names));
  return typeof value === "string" && UUID.test(value) && !names?.has(value);
}

function fieldName(field: string, teller: Teller): string {
  return wordOr(teller.words, `activity.fields.${field}`, field);
}

const pages: Readonly<Record<string, string>> = {
  customers: "/customers",
  products: "/products",
  orders: "/orders",
  branches: "/settings/branches",
  admin_users: "/settings/users",
};

function hrefOf({ objectType, objectId }: AuditEntry): string | null {
  const page = pages[objectType];
  return page && objectId ? `${page}/${objectId}` : null;
}
