import { randomUUID } from "node:crypto";
import { type Entry, mail, member, name, proof } from "./entry";
import { type Ids, onePixel, UNCHANGED } from "./world";

const aCustomer = () => ({ givenNames: "Ana", surnames: name("Rojas") });
const aBranch = () => ({ name: name("Sucursal"), timeZone: "America/Santiago" });
const anywhere = { suspended: "allowed" } as const;
const secondFactorChange = () => ({ currentPassword: "x", code: "000000" });

const store: Record<string, Entry> = {
  "app/(store)/actions.ts#switchBranchAction": member(null, ({ branch }) => ({ id: branch })),
  "app/(store)/view-actions.ts#saveViewAction": member(null, ({ branch }) => ({
    list: "orders",
    name: name("Vista"),
    query: "status=voided",
    branchId: branch,
  })),
  "app/(store)/view-actions.ts#removeViewAction": member(null, ({ view }) => ({ id: view })),
  "app/(store)/customers/actions.ts#createCustomerAction": member("customers.write", aCustomer),
  "app/(store)/customers/actions.ts#updateCustomerAction": member("customers.write", ({ customer }) => ({
    ...aCustomer(),
    id: customer,
    version: 1,
  })),
  "app/(store)/customers/actions.ts#archiveCustomerAction": member("customers.write", ({ customer }) => ({
    id: customer,
  })),
  "app/(store)/customers/actions.ts#restoreCustomerAction": member("customers.write", ({ customer }) => ({
    id: customer,
  })),
  "app/(store)/customers/actions.ts#customerIdsAction": member("customers.write", () => ({ query: "" })),
  "app/(store)/customers/actions.ts#archiveCustomersAction": member("customers.write", ({ customer }) => ({
    ids: customer,
  })),
  "app/(store)/customers/actions.ts#restoreCustomersAction": member("customers.write", ({ customer }) => ({
    ids: customer,
  })),
  "app/(store)/billing/actions.ts#cancelSubscriptionAction": member(
    "billing.manage",
    () => ({ reason: "cierre" }),
    anywhere,
  ),
  "app/(store)/billing/actions.ts#resumeSubscriptionAction": member("billing.manage", () => ({}), anywhere),
  "app/(store)/billing/actions.ts#planDowngradeAction": member(
    "billing.manage",
    () => ({ tier: "basic", interval: "month", acceptsExcess: "true" }),
    anywhere,
  ),
  "app/(store)/billing/actions.ts#cancelAutoRenewalAction": member(
    "billing.manage",
    ({ renewal }) => ({ id: renewal }),
    anywhere,
  ),
  "app/(store)/profile/actions.ts#changeNameAction": member(null, () => ({ fullName: "Ana Rojas" })),
  "app/(store)/profile/actions.ts#changePasswordAction": member(
    null,
    () => ({ currentPassword: "x", password: proof.password }),
    anywhere,
  ),
  "app/(store)/profile/actions.ts#beginTwoFactorAction": member(
    null,
    () => ({ currentPassword: "x" }),
    anywhere,
  ),
  "app/(store)/profile/actions.ts#removeTwoFactorAction": member(null, secondFactorChange, anywhere),
  "app/(store)/profile/actions.ts#replaceRecoveryCodesAction": member(null, secondFactorChange, anywhere),
  "app/(store)/profile/actions.ts#setApprovalCodeAction": member("discounts.approve", () => ({
    pin: "4711",
  })),
  "app/(store)/profile/actions.ts#signOutEverywhereAction": member(null, () => ({}), {
    ...anywhere,
    endsSession: true,
  }),
};

const ofOrder = ({ order }: Ids) => ({ orderId: order });
const till: Record<string, Entry> = {
  "app/(store)/pos/actions.ts#createCustomerAction": member("customers.write", aCustomer),
  "app/(store)/pos/actions.ts#listApproversAction": member("sales.create", ({ branch }) => ({
    branchId: branch,
  })),
  "app/(store)/pos/actions.ts#approveDiscountAction": member("sales.create", ({ branch, approver }) => ({
    branchId: branch,
    approverId: approver,
    pin: "4711",
    discountBp: 1_000,
    discount: 5_000,
  })),
  "app/(store)/pos/actions.ts#openDrawerAction": member("cash.operate", ({ branch }) => ({
    branchId: branch,
    float: 20_000,
  })),
  "app/(store)/pos/actions.ts#parkSaleAction": member("sales.create", ({ branch }) => ({
    key: randomUUID(),
    branchId: branch,
    label: "Señor del sombrero",
    cart: {},
  })),
  "app/(store)/pos/actions.ts#listParkedSalesAction": member("sales.create", ({ branch }) => ({
    branchId: branch,
  })),
  "app/(store)/pos/actions.ts#takeParkedSaleAction": member("sales.create", ({ parkedSale }) => ({
    id: parkedSale,
    key: randomUUID(),
  })),
  "app/(store)/pos/actions.ts#countPrintAction": member("orders.read", ofOrder),
  "app/(store)/pos/actions.ts#mailReceiptAction": member("orders.read", ({ order }) => ({
    orderId: order,
    email: mail(),
  })),
};

const products = "app/(store)/products/actions.ts";
const ofProduct = ({ product: id }: Ids) => ({ id });
const aProduct = () => ({ name: name("Armazón"), category: "frame", price: "49.990", tracksStock: "on" });
const catalogue: Record<string, Entry> = {
  [`${products}#createProductAction`]: member("products.write", aProduct),
  [`${products}#updateProductAction`]: member("products.write", ({ product: id }) => ({
    ...aProduct(),
    sku: name("ARM"),
    id,
    version: 1,
  })),
  [`${products}#archiveProductAction`]: member("products.write", ofProduct),
  [`${products}#restoreProductAction`]: member("products.write", ofProduct),
  [`${products}#productIdsAction`]: member("products.write", () => ({ query: "" })),
  [`${products}#archiveProductsAction`]: member("products.write", ({ product }) => ({ ids: product })),
  [`${products}#restoreProductsAction`]: member("products.write", ({ product }) => ({ ids: product })),
};

const stock = "app/(store)/inventory/actions.ts";
const aKey = () => randomUUID();
const goods: Record<string, Entry> = {
  [`${stock}#receiveStockAction`]: member("inventory.receive", ({ branch, product }) => ({
    key: aKey(),
    branchId: branch,
    lines: [{ productId: product, quantity: 2, unitCost: "12.000" }],
  })),
  [`${stock}#transferStockAction`]: member("inventory.transfer", ({ branch, secondBranch, product }) => ({
    key: aKey(),
    branchId: branch,
    toBranchId: secondBranch,
    lines: [{ productId: product, quantity: 1 }],
  })),
  [`${stock}#adjustStockAction`]: member("inventory.adjust", ({ branch, product }) => ({
    key: aKey(),
    branchId: branch,
    productId: product,
    book: 14,
    counted: 7,
    reason: "conteo de la semana",
  })),
};

const orders: Record<string, Entry> = {
  "app/(store)/orders/actions.ts#countPrintAction": member("orders.read", ofOrder),
  "app/(store)/orders/actions.ts#mailReceiptAction": member("orders.read", ({ order }) => ({
    orderId: order,
    email: mail(),
  })),
  "app/(store)/orders/actions.ts#voidOrderAction": member("orders.void", ({ order }) => ({
    orderId: order,
    reason: "se arrepintió",
  })),
  "app/print/receipts/[orderId]/actions.ts#countPrintAction": member("orders.read", ofOrder),
};

const register = "app/(store)/cash-register/actions.ts";
const cash: Record<string, Entry> = {
  [`${register}#openDrawerAction`]: member("cash.operate", ({ branch }) => ({
    branchId: branch,
    float: "20000",
  })),
  [`${register}#moveCashAction`]: member("cash.operate", ({ cashSession }) => ({
    key: aKey(),
    sessionId: cashSession,
    kind: "paid_in",
    amount: "5000",
    reason: "sencillo",
  })),
  [`${register}#closeDrawerAction`]: member("cash.operate", ({ cashSession }) => ({
    sessionId: cashSession,
    cash: "20000",
    debit: "0",
    credit: "0",
    transfer: "0",
  })),
};

const settings: Record<string, Entry> = {
  "app/(store)/settings/actions.ts#updateOrganizationAction": member("organization.manage", () => ({
    name: name("Óptica"),
    updatedAt: UNCHANGED,
  })),
  "app/(store)/settings/actions.ts#changeLogoAction": member("organization.manage", () => ({
    logo: new File([onePixel], "logo.png", { type: "image/png" }),
  })),
  "app/(store)/settings/actions.ts#removeLogoAction": member("organization.manage"),
  "app/(store)/settings/branches/actions.ts#createBranchAction": member("branches.manage", aBranch),
  "app/(store)/settings/branches/actions.ts#updateBranchAction": member("branches.manage", ({ branch }) => ({
    ...aBranch(),
    id: branch,
    version: 1,
  })),
  "app/(store)/settings/branches/actions.ts#archiveBranchAction": member(
    "branches.manage",
    ({ secondBranch }) => ({ id: secondBranch }),
  ),
  "app/(store)/settings/branches/actions.ts#restoreBranchAction": member(
    "branches.manage",
    ({ secondBranch }) => ({ id: secondBranch }),
  ),
};

const users = "app/(store)/settings/users/actions.ts";
const ofMember = ({ member: id }: Ids) => ({ id });
const ofInvitation = ({ invitation: id }: Ids) => ({ id });
const people: Record<string, Entry> = {
  [`${users}#inviteMemberAction`]: member("users.manage", ({ branch }) => ({
    email: mail(),
    role: "seller",
    branchIds: [branch],
  })),
  [`${users}#resendInvitationAction`]: member("users.manage", ofInvitation),
  [`${users}#revokeInvitationAction`]: member("users.manage", ofInvitation),
  [`${users}#changeAccessAction`]: member("users.manage", ({ member: id, branch }) => ({
    id,
    role: "cashier",
    branchIds: [branch],
    updatedAt: UNCHANGED,
  })),
  [`${users}#suspendMemberAction`]: member("users.manage", ofMember),
  [`${users}#removeMemberAction`]: member("users.manage", ofMember),
  [`${users}#restoreMemberAction`]: member("users.manage", ofMember),
  [`${users}#resetSecondFactorAction`]: member("users.manage", ofMember),
};

/** What members do. */
export const memberActions: Record<string, Entry> = {
  ...store,
  ...till,
  ...catalogue,
  ...goods,
  ...orders,
  ...cash,
  ...settings,
  ...people,
};
