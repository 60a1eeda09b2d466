"use server";

import {
  cashMovement,
  closeDrawer,
  drawerClosing,
  drawerOpening,
  moveCash,
  openDrawer,
} from "@/lib/cash-register";
import { memberAction } from "@/lib/security/action";

const permission = "cash.operate" as const;

export const openDrawerAction = memberAction(
  drawerOpening,
  async (member, input) => ({ id: await openDrawer(member, input) }),
  { permission, feature: "pos" },
);

export const moveCashAction = memberAction(
  cashMovement,
  async (member, input) => {
    await moveCash(member, input);
    return null;
  },
  { permission },
);

export const closeDrawerAction = memberAction(drawerClosing, closeDrawer, { permission });
