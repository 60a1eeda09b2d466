import type { Capabilities, Money } from "../gateway";
import { failed, type Outcome } from "../outcome";

/** What PayPal can do for us. It takes no CLP: shops pay the price book's dollars. */
export const capabilities: Capabilities = {
  oneOff: true,
  recurring: "native",
  refunds: "sync",
  partialRefund: true,
  pause: false, // PayPal suspends and activates; nothing of ours asks for it
  currencies: ["USD"],
  minAmountMinor: () => 1,
};

/** The refusal of an amount that PayPal does not take from us, before any call; null where it does. */
export function refusalOfMoney({ amountMinor, currency }: Money): Outcome<never> | null {
  if (!capabilities.currencies.includes(currency))
    return failed("unsupported", "currency", `${currency} is not taken`);
  if (amountMinor < capabilities.minAmountMinor(currency))
    return failed("unsupported", "amount", `${amountMinor} is less than the smallest amount`);
  return null;
}
