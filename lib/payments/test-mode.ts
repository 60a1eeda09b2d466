import type { Gateways } from "./factory";

/** Whether a gateway that is in use moves no money, so that pages must say so. */
export function movesTestMoney(gateways: Gateways): boolean {
  return gateways.list().some(({ state, testMode }) => state !== "off" && testMode);
}
