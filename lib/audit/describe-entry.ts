import type { Json } from "@/lib/db/types";
import type { PlainTranslator } from "@/lib/i18n/translator";
import { formatInstant } from "@/lib/time";
import type { AuditEntry } from "./list-entries";

/** In whose words and on whose clock a trail is told. */
export interface Teller {
  /** Translator over all namespaces. */
  readonly words: PlainTranslator;
  readonly timeZone: string;
  readonly locale: string;
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
  const { seq, at, actorName, via, action, reason, changes } = entry;
  const fields = Object.entries(changes);
  const named = fields.filter(([, change]) => change === true).map(([field]) => fieldName(field, teller));
  const valued = fields.filter(([, change]) => change !== true);
  return {
    seq,
    at,
    actorName,
    via,
    sentence: wordOr(`activity.actions.${action}`, action, teller),
    details: [
      ...(named.length > 0 ? [teller.words("activity.changed", { fields: named.join(", ") })] : []),
      ...valued.map(([field, change]) => describeChange(field, change, teller)),
    ],
    reason,
    href: hrefOf(entry),
  };
}

/** Before and after stand as a pair; anything else is one value. */
function describeChange(field: string, change: Json, teller: Teller): string {
  const name = fieldName(field, teller);
  const isPair = Array.isArray(change) && change.length === 2 && !lists.has(field);
  if (!isPair)
    return teller.words("activity.value", { field: name, value: describeValue(field, change, teller) });
  const [before, after] = change.map((value) => describeValue(field, value, teller));
  return teller.words("activity.change", { field: name, before: before ?? "", after: after ?? "" });
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
};

function describeValue(field: string, value: Json, teller: Teller): string {
  const { words, timeZone, locale } = teller;
  if (value === null || value === "") return words("activity.nothing");
  if (typeof value === "boolean") return words(value ? "activity.yes" : "activity.no");
  if (typeof value === "number") return String(value);
  if (typeof value === "string") {
    if (INSTANT.test(value)) return formatInstant(new Date(value), timeZone, locale);
    const vocabulary = vocabularies[field];
    return vocabulary ? wordOr(`${vocabulary}.${value}`, value, teller) : value;
  }
  if (Array.isArray(value)) return describeList(field, value, teller);
  return describeParts(value, teller);
}

/** Ids mean nothing to people: of those it says how many. */
function describeList(field: string, values: readonly Json[], teller: Teller): string {
  if (values.length === 0) return teller.words("activity.nothing");
  if (values.every((value) => typeof value === "string" && UUID.test(value))) return String(values.length);
  return values.map((value) => describeValue(field, value, teller)).join(", ");
}

function describeParts(value: Readonly<Record<string, Json>>, teller: Teller): string {
  const parts = Object.entries(value).map(
    ([part, inner]) => `${fieldName(part, teller)} ${describeValue(part, inner, teller)}`,
  );
  return parts.length > 0 ? parts.join(", ") : teller.words("activity.nothing");
}

function fieldName(field: string, teller: Teller): string {
  return wordOr(`activity.fields.${field}`, field, teller);
}

function wordOr(key: string, otherwise: string, { words }: Teller): string {
  return words.has(key) ? words(key) : otherwise;
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
