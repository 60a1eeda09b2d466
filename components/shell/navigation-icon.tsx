"use client";

import {
  Boxes,
  Building2,
  CalendarSync,
  ChartNoAxesCombined,
  CircleDollarSign,
  CreditCard,
  Glasses,
  House,
  PlugZap,
  Receipt,
  ScanBarcode,
  Settings,
  Tags,
  TicketPercent,
  Users,
  Wallet,
  Webhook,
} from "@/components/ui/icons";
import type { NavigationKey } from "./navigation";

const icons = {
  home: House,
  pos: ScanBarcode,
  orders: Receipt,
  cashRegister: Wallet,
  customers: Users,
  products: Glasses,
  inventory: Boxes,
  settings: Settings,
  billing: CreditCard,
  dashboard: ChartNoAxesCombined,
  organizations: Building2,
  subscriptions: CalendarSync,
  payments: CircleDollarSign,
  coupons: TicketPercent,
  webhooks: Webhook,
  gateways: PlugZap,
  tiers: Tags,
} as const satisfies Record<NavigationKey, unknown>;

/** The sign of a page, the same in every menu. */
export function NavigationIcon({ of }: { of: NavigationKey }) {
  const Icon = icons[of];
  return <Icon aria-hidden />;
}
