"use server";

import { drawerOpening, openDrawer } from "@/lib/cash-register";
import { formatRut } from "@/lib/chile";
import { formatPhone } from "@/lib/chile/phone";
import { createCustomer, newCustomer } from "@/lib/customers";
import { countPrint, mailReceipt, receiptMail, receiptReference } from "@/lib/receipts";
import {
  approveDiscount,
  branchReference,
  discountApproval,
  listApprovers,
  listParkedSales,
  newParkedSale,
  parkedSaleTaking,
  parkSale,
  takeParkedSale,
} from "@/lib/sales";
import { memberAction } from "@/lib/security/action";
import { limit } from "@/lib/security/rate-limit";

const selling = { permission: "sales.create", feature: "pos" } as const;
const reading = { permission: "orders.read" } as const;

export const listApproversAction = memberAction(
  branchReference,
  (member, { branchId }) => listApprovers(member, branchId),
  selling,
);

export const approveDiscountAction = memberAction(
  discountApproval,
  async (member, input) => {
    // The database closes an approver after five wrong codes; this keeps one till from closing them all.
    await limit({ name: "discounts.approve", key: member.userId, max: 20, perSeconds: 900, kind: "guard" });
    return { approvalId: await approveDiscount(member, input) };
  },
  selling,
);

export const openDrawerAction = memberAction(
  drawerOpening,
  async (member, input) => ({ id: await openDrawer(member, input) }),
  { permission: "cash.operate", feature: "pos" },
);

export const parkSaleAction = memberAction(
  newParkedSale,
  async (member, input) => ({ label: await parkSale(member, input) }),
  selling,
);

export const listParkedSalesAction = memberAction(
  branchReference,
  (member, { branchId }) => listParkedSales(member, branchId),
  selling,
);

export const takeParkedSaleAction = memberAction(
  parkedSaleTaking,
  async (member, input) => ({ cart: await takeParkedSale(member, input) }),
  selling,
);

export const createCustomerAction = memberAction(
  newCustomer,
  async (member, input) => {
    const { id, name } = await createCustomer(member, input);
    const { rut, phone, email } = input;
    return { id, name, detail: rut ? formatRut(rut) : phone && formatPhone(phone), email };
  },
  { permission: "customers.write" },
);

export const countPrintAction = memberAction(
  receiptReference,
  async (member, { orderId }) => ({ copy: await countPrint(member, orderId) }),
  reading,
);

export const mailReceiptAction = memberAction(
  receiptMail,
  async (member, input) => {
    await limit({ name: "receipts.mail", key: member.userId, max: 60, perSeconds: 3_600, kind: "guard" });
    await mailReceipt(member, input);
    return null;
  },
  reading,
);
