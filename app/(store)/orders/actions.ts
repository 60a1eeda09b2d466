"use server";

import { countPrint, mailReceipt, receiptMail, receiptReference } from "@/lib/receipts";
import { orderVoiding, voidOrder } from "@/lib/sales";
import { memberAction } from "@/lib/security/action";
import { limit } from "@/lib/security/rate-limit";

export const voidOrderAction = memberAction(
  orderVoiding,
  async (member, input) => {
    await voidOrder(member, input);
    return null;
  },
  { permission: "orders.void" },
);

export const countPrintAction = memberAction(
  receiptReference,
  async (member, { orderId }) => ({ copy: await countPrint(member, orderId) }),
  { permission: "orders.read" },
);

export const mailReceiptAction = memberAction(
  receiptMail,
  async (member, input) => {
    await limit({ name: "receipts.mail", key: member.userId, max: 60, perSeconds: 3_600, kind: "guard" });
    await mailReceipt(member, input);
    return null;
  },
  { permission: "orders.read" },
);
