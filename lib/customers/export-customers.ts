import "server-only";
import type { Kysely } from "kysely";
import { formatRut } from "@/lib/chile";
import { formatPhone } from "@/lib/chile/phone";
import { type DB, sql } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { PlainTranslator } from "@/lib/i18n";
import { inBatches } from "@/lib/paging";
import type { Member } from "@/lib/security/member";
import type { SheetColumn } from "@/lib/spreadsheet";
import { localInstant } from "@/lib/time";
import { countCustomers } from "./list-customers";
import { matching } from "./matching";
import type { CustomerFilter } from "./schema";

const ROWS_AT_ONCE = 2_000;

/** A customer as an export holds it. */
export type ExportedCustomer = Awaited<ReturnType<typeof readRows>>[number];

/**
 * All customers that a filter leaves, page by page. Each page is its own transaction, so that none waits for a slow
 * reader and a right that is taken away ends it. The audit trail says so before the first row leaves.
 *
 * @throws AppError `access.forbidden` lacks `customers.export` or `customers.read`
 */
export async function exportCustomers(
  member: Member,
  filter: CustomerFilter,
): Promise<AsyncGenerator<ExportedCustomer[]>> {
  if (!member.can("customers.export") || !member.can("customers.read"))
    throw new AppError("access.forbidden");
  await member.transaction(async (db) => {
    const rows = await countCustomers(db, member, filter);
    await sql`select private.audit_export('customers', ${rows}::int)`.execute(db);
  });
  return inBatches<ExportedCustomer>(ROWS_AT_ONCE, (from) =>
    member.transaction((db) => readRows(db, member.organization.id, filter, from)),
  );
}

interface Position {
  readonly id: string;
  readonly sort_name: string;
}

function readRows(
  db: Kysely<DB>,
  organizationId: string,
  filter: CustomerFilter,
  from: Position | undefined,
) {
  let query = db
    .selectFrom("customers")
    .selectAll()
    .where(matching(organizationId, filter))
    .orderBy("sort_name")
    .orderBy("id")
    .limit(ROWS_AT_ONCE);
  if (from) query = query.where(sql<boolean>`(sort_name, id) > (${from.sort_name}::text, ${from.id}::uuid)`);
  return query.execute();
}

/**
 * The columns of the export, in the reader's language.
 *
 * @param t translator over all namespaces
 * @param timeZone of the branch whose clock counts; named in the heading
 */
export function customerSheetColumns(t: PlainTranslator, timeZone: string): SheetColumn<ExportedCustomer>[] {
  const column = (name: string, value: SheetColumn<ExportedCustomer>["value"]) => ({
    heading: t(`customers.export.${name}`),
    value,
  });
  return [
    column("surnames", (row) => row.surnames),
    column("givenNames", (row) => row.given_names),
    column("kind", (row) => t(`customers.kind.${row.kind}`)),
    column("rut", (row) => row.rut && formatRut(row.rut)),
    column("documentType", (row) => row.document_type && t(`customers.documentType.${row.document_type}`)),
    column("documentNumber", (row) => row.document_number),
    // A plus sign at the start is a formula to a spreadsheet, and a Chilean number reads well without.
    column("phone", (row) => row.phone && formatPhone(row.phone).replace(/^\+56 /, "56 ")),
    column("email", (row) => row.email),
    column("birthOn", (row) => row.birth_on),
    column("address", (row) => row.address),
    column("comuna", (row) => row.comuna),
    column("activity", (row) => row.activity),
    column("notes", (row) => row.notes),
    column("state", (row) => t(row.archived_at ? "common.status.archived" : "common.status.active")),
    {
      heading: t("customers.export.createdAt", { timeZone }),
      value: (row) => localInstant(row.created_at, timeZone),
    },
  ];
}
