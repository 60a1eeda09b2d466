import "server-only";
import { z } from "zod";
import { emailField, line, orNull, paragraph, phoneField, rutField } from "@/lib/chile/fields";
import { chosenIds, place } from "@/lib/paging";
import { businessDate } from "@/lib/time";

const birthOn = z.iso.date().pipe(
  z.string().refine((day) => day >= "1900-01-01" && day <= businessDate(new Date(), "America/Santiago"), {
    error: "customers.refusals.birthOn",
  }),
);

export const documentTypes = ["passport", "foreign_id", "other"] as const;

const fields = z.object({
  kind: z.enum(["person", "company"]).default("person"),
  givenNames: line(80).default(""),
  /** Both surnames of a person, or the registered name of a company. */
  surnames: line(120).pipe(z.string().min(1)),
  rut: orNull(rutField),
  documentType: orNull(z.enum(documentTypes)),
  documentNumber: orNull(line(40)),
  email: orNull(emailField),
  phone: orNull(phoneField),
  birthOn: orNull(birthOn),
  address: orNull(line(200)),
  comuna: orNull(line(80)),
  /** Giro of a company. */
  activity: orNull(line(160)),
  notes: orNull(paragraph(2000)),
});

type Fields = z.output<typeof fields>;

/** Whether the kind is known, so that what it asks for can be named beside every other refusal. */
const when = ({ value }: { value: unknown }) =>
  typeof value === "object" && value !== null && "kind" in value;

/** What a person must have, beyond the fields one by one. */
function asItsKind<S extends z.ZodType<Fields>>(schema: S) {
  return schema
    .refine(({ kind, givenNames }) => kind === "company" || givenNames !== "", {
      path: ["givenNames"],
      error: "customers.refusals.givenNames",
      when,
    })
    .refine(
      ({ kind, ...document }) =>
        kind === "company" || !document.documentType || document.documentNumber !== null,
      {
        path: ["documentNumber"],
        error: "customers.refusals.documentNumber",
        when,
      },
    )
    .refine(
      ({ kind, ...document }) =>
        kind === "company" || !document.documentNumber || document.documentType !== null,
      {
        path: ["documentType"],
        error: "customers.refusals.documentType",
        when,
      },
    );
}

/** A company has no first name, birthday or passport, whatever a form still carried along; a person has no giro. */
function ofItsKind(input: Fields): Fields {
  if (input.kind === "person") return { ...input, activity: null };
  return { ...input, givenNames: "", birthOn: null, documentType: null, documentNumber: null };
}

/** A customer as a form sends it. */
export const newCustomer = asItsKind(fields).transform(ofItsKind);
export type NewCustomer = z.output<typeof newCustomer>;

/** The same, for a record that was read before: `version` says which state of it the person saw. */
export const changedCustomer = asItsKind(
  fields.extend({ id: z.uuid(), version: z.coerce.number().int().positive() }),
).transform((input) => ({ ...input, ...ofItsKind(input) }));
export type ChangedCustomer = z.output<typeof changedCustomer>;

export const customerReference = z.object({ id: z.uuid() });
export const chosenCustomers = z.object({ ids: chosenIds });

/** Which customers a list shows. Anything unreadable in an address falls back: a link never breaks. */
const customerFilter = z.object({
  search: z
    .string()
    .catch("")
    .default("")
    .transform((text) => text.trim().slice(0, 200)),
  state: z.enum(["active", "archived", "all"]).catch("active").default("active"),
});
export type CustomerFilter = z.output<typeof customerFilter>;

/** The filter that the address of the list, or of its file, asks for. */
export function customersAt(address: URLSearchParams): CustomerFilter {
  return customerFilter.parse({ search: address.get("q") ?? "", state: address.get("state") ?? "" });
}

/** The same, where the query of the list's address is sent along. */
export const customersOfAddress = z
  .object({ query: z.string().max(1_000) })
  .transform(({ query }) => customersAt(new URLSearchParams(query)));

export const customerQuery = customerFilter.extend({
  column: z.enum(["name", "created"]).catch("name").default("name"),
  direction: z.enum(["asc", "desc"]).catch("asc").default("asc"),
  ...place,
});
export type CustomerQuery = z.output<typeof customerQuery>;
