import "server-only";
import type { Kysely } from "kysely";
import type { DB } from "@/lib/db";
import { logoUrl } from "@/lib/organizations";

/** Everything that stands on a receipt, before it is written for a reader. Amounts in whole pesos. */
export interface Receipt {
  readonly orderId: string;
  readonly number: number;
  /** How often it was printed so far. */
  readonly prints: number;
  readonly voided: { readonly at: Date; readonly by: string; readonly reason: string } | null;
  readonly shop: {
    readonly name: string;
    readonly legalName: string | null;
    readonly rut: string | null;
    /** Giro, as registered with the tax authority. */
    readonly activity: string | null;
    readonly address: string | null;
    readonly comuna: string | null;
    readonly phone: string | null;
    readonly footer: string | null;
    readonly logo: { readonly url: string; readonly width: number; readonly height: number } | null;
  };
  readonly branch: {
    readonly name: string;
    readonly address: string | null;
    readonly comuna: string | null;
    readonly phone: string | null;
    /** IANA zone; the receipt's date is on its clock. */
    readonly timeZone: string;
  };
  readonly soldAt: Date;
  readonly sellerName: string;
  readonly customer: { readonly name: string; readonly rut: string | null } | null;
  readonly lines: readonly ReceiptLine[];
  readonly gross: number;
  readonly discount: number;
  readonly net: number;
  readonly tax: number;
  readonly exempt: number;
  readonly total: number;
  readonly cashRounding: number;
  readonly change: number;
  readonly payments: readonly {
    readonly method: string;
    readonly amount: number;
    readonly handedOver: number | null;
  }[];
}

export interface ReceiptLine {
  readonly name: string;
  readonly sku: string;
  readonly quantity: number;
  readonly unitPrice: number;
  readonly discountBp: number;
  readonly discount: number;
  readonly total: number;
  readonly taxKind: string;
}

/**
 * Reads a sale's receipt, inside a transaction of a member (who sees their branches) or of the worker (who names the
 * organization); null when there is no such sale to be seen.
 */
export async function readReceipt(
  db: Kysely<DB>,
  organizationId: string,
  orderId: string,
): Promise<Receipt | null> {
  const [order, lines, payments] = await Promise.all([
    readOrder(db, organizationId, orderId),
    readLines(db, organizationId, orderId),
    readPayments(db, organizationId, orderId),
  ]);
  if (!order) return null;
  const { orderId: id, number, soldAt, sellerName } = order;
  const { gross, discount, net, tax, exempt, total, cashRounding, change } = order;
  return {
    orderId: id,
    number,
    prints: order.prints,
    voided: order.voidedAt && {
      at: order.voidedAt,
      by: order.voidedByName ?? "",
      reason: order.voidReason ?? "",
    },
    shop: shopOf(order),
    branch: {
      name: order.branchName,
      address: order.branchAddress,
      comuna: order.branchComuna,
      phone: order.branchPhone,
      timeZone: order.timeZone,
    },
    soldAt,
    sellerName,
    customer: order.customerName === null ? null : { name: order.customerName, rut: order.customerRut },
    lines,
    ...{ gross, discount, net, tax, exempt, total, cashRounding, change },
    payments,
  };
}

function shopOf(order: NonNullable<Awaited<ReturnType<typeof readOrder>>>): Receipt["shop"] {
  const { logoDigest, logoWidth, logoHeight } = order;
  return {
    name: order.shopName,
    legalName: order.legalName,
    rut: order.rut,
    activity: order.activity,
    address: order.address,
    comuna: order.comuna,
    phone: order.phone,
    footer: order.footer,
    logo:
      logoDigest === null || logoWidth === null || logoHeight === null
        ? null
        : { url: logoUrl(logoDigest), width: logoWidth, height: logoHeight },
  };
}

function readOrder(db: Kysely<DB>, organizationId: string, orderId: string) {
  return db
    .selectFrom("orders")
    .innerJoin("organizations", "organizations.id", "orders.organization_id")
    .innerJoin("branches", (join) =>
      join
        .onRef("branches.organization_id", "=", "orders.organization_id")
        .onRef("branches.id", "=", "orders.branch_id"),
    )
    .leftJoin("customers", (join) =>
      join
        .onRef("customers.organization_id", "=", "orders.organization_id")
        .onRef("customers.id", "=", "orders.customer_id"),
    )
    .leftJoin("organization_logos", "organization_logos.organization_id", "orders.organization_id")
    .select([
      "orders.id as orderId",
      "orders.receipt_number as number",
      "orders.prints",
      "orders.created_at as soldAt",
      "orders.sold_by_name as sellerName",
      "orders.customer_name as customerName",
      "customers.rut as customerRut",
      "orders.gross",
      "orders.discount",
      "orders.net",
      "orders.tax",
      "orders.exempt",
      "orders.total",
      "orders.cash_rounding as cashRounding",
      "orders.change",
      "orders.voided_at as voidedAt",
      "orders.voided_by_name as voidedByName",
      "orders.void_reason as voidReason",
      "organizations.name as shopName",
      "organizations.legal_name as legalName",
      "organizations.rut",
      "organizations.activity",
      "organizations.address",
      "organizations.comuna",
      "organizations.phone",
      "organizations.receipt_footer as footer",
      "organization_logos.digest as logoDigest",
      "organization_logos.width as logoWidth",
      "organization_logos.height as logoHeight",
      "branches.name as branchName",
      "branches.address as branchAddress",
      "branches.comuna as branchComuna",
      "branches.phone as branchPhone",
      "branches.time_zone as timeZone",
    ])
    .where("orders.organization_id", "=", organizationId)
    .where("orders.id", "=", orderId)
    .executeTakeFirst();
}

function readLines(db: Kysely<DB>, organizationId: string, orderId: string): Promise<ReceiptLine[]> {
  return db
    .selectFrom("order_items")
    .select([
      "product_name as name",
      "sku",
      "quantity",
      "unit_price as unitPrice",
      "discount_bp as discountBp",
      "discount",
      "total",
      "tax_kind as taxKind",
    ])
    .where("organization_id", "=", organizationId)
    .where("order_id", "=", orderId)
    .orderBy("position")
    .execute();
}

/** What was paid; the way back of a voided sale is no part of its receipt. */
function readPayments(db: Kysely<DB>, organizationId: string, orderId: string) {
  return db
    .selectFrom("order_payments")
    .select(["method", "amount", "handed_over as handedOver"])
    .where("organization_id", "=", organizationId)
    .where("order_id", "=", orderId)
    .where("kind", "=", "payment")
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}
