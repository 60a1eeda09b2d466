"use server";

import { countPrint, receiptReference } from "@/lib/receipts";
import { memberAction } from "@/lib/security/action";

export const countPrintAction = memberAction(
  receiptReference,
  async (member, { orderId }) => ({ copy: await countPrint(member, orderId) }),
  { permission: "orders.read" },
);
