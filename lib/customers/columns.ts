import type { NewCustomer } from "./schema";

/** A customer's fields under the names of their columns. */
export function customerColumns(input: NewCustomer) {
  return {
    kind: input.kind,
    given_names: input.givenNames,
    surnames: input.surnames,
    rut: input.rut,
    document_type: input.documentType,
    document_number: input.documentNumber,
    email: input.email,
    phone: input.phone,
    birth_on: input.birthOn,
    address: input.address,
    comuna: input.comuna,
    activity: input.activity,
    notes: input.notes,
  };
}
