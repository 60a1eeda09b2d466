import { randomUUID } from "node:crypto";
import { type Entry, platform } from "./entry";

const reason = "mantención avisada";
const payments = "app/admin/saas-management/payments/actions.ts";
const webhooks = "app/admin/saas-management/webhooks/actions.ts";
const gateways = "app/admin/saas-management/gateways/actions.ts";
const tiers = "app/admin/saas-management/tiers/actions.ts";

/** What platform staff do about payments, notices and gateways. Nothing here makes a gateway be called. */
export const moneyActions: Record<string, Entry> = {
  [`${payments}#refundAction`]: platform(({ payment }) => ({
    paymentId: payment,
    amount: "1.000",
    currency: "CLP",
    key: randomUUID(),
    reason,
  })),
  [`${payments}#approveAction`]: {
    ...platform(() => ({ id: randomUUID(), kind: "refund", approve: "yes" })),
    shutBecause: "nothing waits for approval here; tests/http/console-payments approves",
  },
  [`${payments}#resolveReviewAction`]: platform(({ payment }) => ({
    paymentId: payment,
    decision: "reject",
    currency: "CLP",
    reason,
  })),
  [`${payments}#askGatewayAction`]: platform(({ payment }) => ({ id: payment })),
  [`${webhooks}#replayNoticeAction`]: {
    ...platform(() => ({ id: "999999999" })),
    shutBecause: "no notice has that number; tests/http/console-payments replays",
  },
  [`${webhooks}#replayDeadAction`]: platform(() => ({ id: "flow" })),
  [`${gateways}#saveCredentialsAction`]: platform(() => ({
    gateway: "flow",
    mode: "production",
    apiKey: "a-key-for-the-wall",
    secretKey: "a-secret-for-the-wall",
  })),
  [`${gateways}#switchGatewayAction`]: platform(() => ({ gateway: "paypal", mode: "sandbox" })),
  [`${gateways}#checkCredentialsAction`]: platform(() => ({ gateway: "paypal", mode: "sandbox" })),
  [`${gateways}#forgetCredentialsAction`]: platform(() => ({ gateway: "flow", mode: "production" })),
  [`${gateways}#pauseGatewayAction`]: platform(() => ({ gateway: "nowpayments", paused: "yes", reason })),
  // The price list is everybody's here: the version to replace is none, and the right person hears of it.
  [`${tiers}#publishTierAction`]: platform(() => ({
    code: "premium",
    replaces: 9_999,
    priceClpMonth: "1000",
    priceClpYear: "10000",
    priceUsdMonth: "2",
    priceUsdYear: "20",
    maxBranches: "",
    maxUsers: "",
    maxCustomers: "",
    maxProducts: "",
    features: ["pos"],
  })),
};
