import { randomUUID } from "node:crypto";
import type { Case } from "./siege";
import type { Ids } from "./world";

/** What a request to a route carries. */
export interface Sent {
  /** Values of the address: `[orderId]`. */
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

const aKey = () => ({ "idempotency-key": randomUUID() });
const nothing = () => ({});
const search = ({ branch }: Ids) => ({ query: { branchId: branch, q: "a" } });
const inBranch = ({ branch }: Ids) => ({ query: { branchId: branch } });
const ofOrder = ({ order }: Ids) => ({ params: { orderId: order } });
const everybody = (because: string) => ({ for: "everybody", because }) as const;

/** Every method of every route. A new one that is not written down here fails the suite. */
export const routes: Record<string, Case<Sent>> = {
  "GET /admin/saas-management/organizations/export": { access: { for: "platform" }, send: nothing },
  "GET /admin/saas-management/payments/export": { access: { for: "platform" }, send: nothing },
  "GET /admin/saas-management/subscriptions/export": { access: { for: "platform" }, send: nothing },
  "GET /api/customers/search": {
    access: { for: "member", permission: "customers.read" },
    send: ({ customer }) => ({ query: { q: customer } }),
  },
  "GET /api/exports/cash-sessions": {
    access: { for: "member", permission: "orders.export" },
    send: inBranch,
  },
  "GET /api/exports/customers": { access: { for: "member", permission: "customers.export" }, send: nothing },
  "GET /api/exports/orders": { access: { for: "member", permission: "orders.export" }, send: inBranch },
  "GET /api/exports/products": { access: { for: "member", permission: "products.export" }, send: nothing },
  "GET /api/exports/stock": { access: { for: "member", permission: "products.export" }, send: inBranch },
  "GET /api/health/live": { access: everybody("says only that the process runs"), send: nothing },
  "GET /api/health/ready": {
    access: everybody("says yes or no; reasons need the operator's token"),
    send: nothing,
  },
  "GET /api/invoices/[invoiceId]/pdf": {
    access: { for: "member", permission: "billing.read", suspended: "allowed" },
    send: ({ invoice }) => ({ params: { invoiceId: invoice } }),
  },
  "GET /api/logo": { access: { for: "member", permission: null }, send: nothing },
  "GET /api/metrics": { access: everybody("is not there without the operator's token"), send: nothing },
  "GET /api/orders/[orderId]/pdf": { access: { for: "member", permission: "orders.read" }, send: ofOrder },
  "GET /api/orders/[orderId]/receipt": {
    access: { for: "member", permission: "orders.read" },
    send: ofOrder,
  },
  "GET /api/payments/[paymentId]": {
    access: { for: "member", permission: "billing.read", suspended: "allowed" },
    send: ({ payment }) => ({ params: { paymentId: payment } }),
  },
  "POST /api/payments/[paymentId]/refunds": {
    access: { for: "platform" },
    send: ({ payment }) => ({
      params: { paymentId: payment },
      body: { amount: 1_000, reason: "cobro doble" },
      headers: aKey(),
    }),
  },
  "POST /api/payments/auto-renewals": {
    access: { for: "member", permission: "billing.manage", suspended: "allowed" },
    send: () => ({ body: { gateway: "flow", tier: "pro", interval: "month" }, headers: aKey() }),
  },
  "POST /api/payments/intents": {
    access: { for: "member", permission: "billing.manage", suspended: "allowed" },
    send: () => ({ body: { gateway: "flow", tier: "pro", interval: "month" }, headers: aKey() }),
  },
  "GET /api/payments/return/[gateway]": {
    access: everybody("sends a payer on to a page that asks who is looking"),
    send: ({ payment }) => ({ params: { gateway: "flow" }, query: { payment } }),
  },
  "POST /api/payments/return/[gateway]": {
    access: everybody("comes across sites without a cookie, and only sends on"),
    send: ({ payment }) => ({ params: { gateway: "flow" }, body: { token: payment } }),
  },
  "GET /api/pos/products": { access: { for: "caller" }, send: inBranch },
  "POST /api/pos/sales": {
    access: { for: "caller" },
    send: ({ branch, product, customer }) => ({
      body: {
        branchId: branch,
        customerId: customer,
        lines: [{ productId: product, quantity: 1 }],
        tenders: [{ method: "debit", amount: 50_000 }],
      },
      headers: aKey(),
    }),
  },
  "GET /api/search": {
    access: { for: "member", permission: null },
    send: ({ customer }) => ({ query: { q: customer } }),
  },
  "GET /api/search/goods": { access: { for: "member", permission: "inventory.read" }, send: search },
  "GET /api/version": { access: everybody("names the version and nothing else"), send: nothing },
  "GET /api/views": {
    access: { for: "member", permission: null },
    send: () => ({ query: { list: "orders" } }),
  },
  "POST /api/webhooks/[gateway]": {
    access: everybody("gateways have no session; a notice proves itself and is only a hint"),
    send: ({ payment }) => ({ params: { gateway: "flow" }, body: { token: payment } }),
  },
};
