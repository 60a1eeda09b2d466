import { randomUUID } from "node:crypto";
import { type Entry, platform } from "./entry";

const DAY_MS = 86_400_000;
const reason = "mantención avisada";
const payments = "app/admin/saas-management/payments/actions.ts";
const webhooks = "app/admin/saas-management/webhooks/actions.ts";
const subscriptions = "app/admin/saas-management/subscriptions/actions.ts";
const coupons = "app/admin/saas-management/coupons/actions.ts";
const gateways = "app/admin/saas-management/gateways/actions.ts";
const tiers = "app/admin/saas-management/tiers/actions.ts";

/** What platform staff do about money and what is paid for. Nothing here makes a gateway be called. */
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
  [`${coupons}#createCouponAction`]: platform(() => ({
    code: `MURO-${randomUUID().slice(0, 8)}`,
    kind: "percent",
    percent: "25",
    duration: "once",
    note: reason,
  })),
  [`${coupons}#retireCouponAction`]: {
    ...platform(() => ({ code: "NINGUNO" })),
    shutBecause: "no coupon has that code; tests/db/console-coupons retires",
  },
  [`${webhooks}#replayNoticeAction`]: {
    ...platform(() => ({ id: "999999999" })),
    shutBecause: "no notice has that number; tests/http/console-payments replays",
  },
  [`${webhooks}#replayDeadAction`]: platform(() => ({ id: "flow" })),
  [`${subscriptions}#extendAction`]: platform(({ organization }) => ({
    organizationId: organization,
    from: new Date(Date.now() + 200 * DAY_MS).toISOString(),
    days: 10,
    reason,
  })),
  [`${subscriptions}#changePlanAction`]: platform(({ organization }) => ({
    organizationId: organization,
    tier: "premium",
    interval: "year",
    when: "now",
    reason,
  })),
  [`${subscriptions}#endAction`]: platform(({ organization }) => ({
    organizationId: organization,
    when: "now",
    reason,
  })),
  [`${subscriptions}#resumeAction`]: {
    ...platform(({ organization }) => ({ organizationId: organization, reason })),
    shutBecause: "nobody ordered its end; tests/domain/subscriptions/ended-by-staff takes one back",
  },
  // The neighbour has paid real money, so its clock stays everybody's: 409, as for whoever may.
  [`${subscriptions}#moveClockAction`]: platform(({ organization }) => ({
    organizationId: organization,
    days: 1,
  })),
  [`${subscriptions}#playClockAction`]: platform(({ organization }) => ({
    organizationId: organization,
    until: new Date(Date.now() + 5 * DAY_MS).toISOString().slice(0, 10),
  })),
  [`${subscriptions}#removeClockAction`]: platform(({ organization }) => ({ id: organization })),
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
