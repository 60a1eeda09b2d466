import { rutCheckDigit } from "@/lib/chile";
import { inDaytime } from "./calendar";
import comunas from "./data/comunas.json";
import people from "./data/people.json";
import type { Row } from "./insert-rows";
import { at, type Random } from "./random";

/** A customer that sales can point at. */
export type Customer = Row<"customers"> & { id: string; name: string; createdAt: Date };

/** Where a shop's customers live. */
export type Region = keyof typeof comunas;

export interface CustomersPlan {
  readonly organization: string;
  readonly count: number;
  readonly region: Region;
  /** They come between these, more of them lately. */
  readonly from: Date;
  readonly to: Date;
}

/** Makes customers, oldest first: people with two surnames, a few companies, a few with a passport. */
export function makeCustomers(random: Random, plan: CustomersPlan): Customer[] {
  const ruts = new Set<string>();
  const span = plan.to.getTime() - plan.from.getTime();
  const arrivals = Array.from({ length: plan.count }, () => {
    const moment = new Date(plan.from.getTime() + Math.sqrt(random.next()) * span);
    return inDaytime(random, moment, plan.to);
  }).sort((a, b) => a.getTime() - b.getTime());
  return arrivals.map((createdAt) =>
    random.chance(0.03) ? company(random, plan, createdAt, ruts) : person(random, plan, createdAt, ruts),
  );
}

/** The columns of a customer, without what only the generator needs. */
export function customerRow({ name: _name, createdAt, ...row }: Customer): Row<"customers"> {
  return { ...row, created_at: createdAt, updated_at: createdAt };
}

/** A RUT with its right check digit that was not given before. */
export function newRut(random: Random, taken: Set<string>, least: number, most: number): string {
  for (;;) {
    const body = String(random.integer(least, most));
    const rut = `${body}-${rutCheckDigit(body)}`;
    if (taken.has(rut)) continue;
    taken.add(rut);
    return rut;
  }
}

function person(random: Random, plan: CustomersPlan, createdAt: Date, ruts: Set<string>): Customer {
  const given = random.pick(random.chance(0.56) ? people.women : people.men);
  const surnames = `${random.pick(people.surnames)} ${random.pick(people.surnames)}`;
  const age = random.weighted(
    [
      [5, 17],
      [18, 39],
      [40, 64],
      [65, 88],
    ] as const,
    ([least]) => ({ 5: 1, 18: 3, 40: 5, 65: 2 })[least],
  );
  const bornIn = createdAt.getUTCFullYear() - random.integer(age[0], age[1]);
  const foreign = random.chance(0.025);
  // Bodies follow the year of birth, as they do in life.
  const body = Math.round(3_500_000 + (bornIn - 1935) * 265_000);
  return {
    ...common(random, plan, createdAt),
    kind: "person",
    given_names: given,
    surnames,
    name: `${given} ${surnames}`,
    rut: foreign || random.chance(0.03) ? null : newRut(random, ruts, body, body + 260_000),
    document_type: foreign ? "passport" : null,
    document_number: foreign ? `P${random.integer(1_000_000, 9_999_999)}` : null,
    email: random.chance(0.62) ? mail(random, given, surnames) : null,
    phone: random.chance(0.93) ? `+569${random.integer(30_000_000, 99_999_999)}` : null,
    birth_on: random.chance(0.8)
      ? `${bornIn}-${two(random.integer(1, 12))}-${two(random.integer(1, 28))}`
      : null,
    activity: null,
  };
}

function company(random: Random, plan: CustomersPlan, createdAt: Date, ruts: Set<string>): Customer {
  const index = random.integer(0, people.companies.length - 1);
  const name = at(people.companies, index);
  return {
    ...common(random, plan, createdAt),
    kind: "company",
    given_names: "",
    surnames: name,
    name,
    rut: newRut(random, ruts, 76_000_000, 77_999_999),
    document_type: null,
    document_number: null,
    email: `compras@${slugOf(name).slice(0, 24)}.cl`,
    phone: `+562${random.integer(20_000_000, 29_999_999)}`,
    birth_on: null,
    activity: at(people.activities, index),
  };
}

function common(random: Random, plan: CustomersPlan, createdAt: Date) {
  const addressed = random.chance(0.7);
  return {
    organization_id: plan.organization,
    id: random.uuid(),
    createdAt,
    address: addressed ? `${random.pick(people.streets)} ${random.integer(12, 4900)}` : null,
    comuna: addressed || random.chance(0.5) ? random.pick(comunas[plan.region]) : null,
    notes: random.chance(0.08) ? random.pick(people.notes) : null,
    created_by: null,
  };
}

function mail(random: Random, given: string, surnames: string): string {
  const [first = "", second = ""] = [given, surnames].map((text) => slugOf(text.split(" ")[0] ?? ""));
  const number = random.chance(0.6) ? String(random.integer(1, 99)) : "";
  return `${first}${random.pick([".", "", "_"])}${second}${number}@${random.pick(people.mailHosts)}`;
}

function slugOf(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
