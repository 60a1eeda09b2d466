"use server";

import { adjustment, adjustStock, receiveStock, reception, transfer, transferStock } from "@/lib/inventory";
import { memberAction } from "@/lib/security/action";

export const receiveStockAction = memberAction(
  reception,
  async (member, input) => ({ documentId: await receiveStock(member, input) }),
  { permission: "inventory.receive" },
);

export const transferStockAction = memberAction(
  transfer,
  async (member, input) => ({ documentId: await transferStock(member, input) }),
  { permission: "inventory.transfer" },
);

export const adjustStockAction = memberAction(
  adjustment,
  async (member, input) => ({ documentId: await adjustStock(member, input) }),
  { permission: "inventory.adjust" },
);
