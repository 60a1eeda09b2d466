import type { ActionResult, Problem } from "@/components/ui/problem";
import type { Approver, ParkedSale } from "@/lib/sales";
import type { CartCustomer } from "./cart";

type Action<T> = (previous: unknown, input: FormData | object) => Promise<ActionResult<T>>;

/** The server actions that a till needs; the page brings them. */
export interface TillActions {
  readonly listApprovers: Action<readonly Approver[]>;
  readonly approveDiscount: Action<{ approvalId: string }>;
  readonly openDrawer: Action<{ id: string }>;
  readonly parkSale: Action<{ label: string }>;
  readonly listParkedSales: Action<readonly ParkedSale[]>;
  readonly takeParkedSale: Action<{ cart: unknown }>;
  readonly createCustomer: Action<CartCustomer>;
  readonly countPrint: Action<{ copy: boolean }>;
  readonly mailReceipt: Action<null>;
}

/** What came of an action; without a problem the line dropped. */
export type Called<T> =
  | { readonly ok: true; readonly data: T }
  | { readonly ok: false; readonly problem: Problem | null };

/** Calls an action outside of a form. A dropped line is a value, so that the till stays on the screen. */
export async function call<T>(action: Action<T>, input: object): Promise<Called<T>> {
  try {
    return await action(null, input);
  } catch {
    return { ok: false, problem: null };
  }
}
