import { IntervalUnit, TenureType } from "@paypal/paypal-server-sdk";
import { z } from "zod";
import type { AutoRenewalRequest, Money } from "../gateway";
import { failed, type Outcome, succeeded } from "../outcome";
import { isNotFound } from "./answers";
import type { PaypalClient } from "./client";
import { toPaypal } from "./money";

type Interval = AutoRenewalRequest["interval"];

/** Our one product in PayPal's catalogue; PayPal takes an id of our choice. */
const PRODUCT_ID = "OPTTIUS-SUBSCRIPTION";
const PAGE_SIZE = 20;
const MOST_PAGES = 50;

const made = z.object({ id: z.string().min(1) });
const plans = z.object({
  plans: z
    .array(z.object({ id: z.string().min(1), name: z.string(), status: z.string().nullish() }))
    .nullish(),
});

/**
 * The plan that collects one price: looked up by its name or made, once for each price and interval. Two at once
 * make one, because both send the same `PayPal-Request-Id`.
 *
 * @param kept plans found before, by name; this process asks for each once
 */
export async function planFor(
  client: PaypalClient,
  kept: Map<string, string>,
  money: Money,
  interval: Interval,
): Promise<Outcome<string>> {
  const { currencyCode, value } = toPaypal(money);
  const name = `Opttius ${currencyCode} ${value} / ${interval}`;
  const before = kept.get(name);
  if (before) return succeeded(before);
  const product = await ensureProduct(client);
  if (!product.ok) return product;
  const found = await findPlan(client, name);
  if (!found.ok) return found;
  const plan = found.value ? succeeded(found.value) : await createPlan(client, name, money, interval);
  if (plan.ok) kept.set(name, plan.value);
  return plan;
}

/** The catalogue is not in the official package. */
async function ensureProduct(client: PaypalClient): Promise<Outcome<unknown>> {
  const path = "v1/catalogs/products";
  const known = await client.send({ operation: "state", method: "GET", path: `${path}/${PRODUCT_ID}` });
  if (known.ok || !isNotFound(known.failure)) return known;
  return harmless(
    await client.send({
      operation: "checkout",
      method: "POST",
      path,
      headers: { "paypal-request-id": PRODUCT_ID },
      body: JSON.stringify({ id: PRODUCT_ID, name: "Opttius", type: "SERVICE", category: "SOFTWARE" }),
    }),
  );
}

async function findPlan(client: PaypalClient, name: string): Promise<Outcome<string | null>> {
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const answer = await client.viaSdk("state", ({ subscriptions }) =>
      subscriptions.listBillingPlans({ productId: PRODUCT_ID, pageSize: PAGE_SIZE, page }),
    );
    if (!answer.ok) return isNotFound(answer.failure) ? succeeded(null) : answer;
    const parsed = plans.safeParse(answer.value);
    if (!parsed.success) return failed("unavailable", "malformed", "plans in no known form");
    const listed = parsed.data.plans ?? [];
    const found = listed.find((one) => one.name === name && (one.status ?? "ACTIVE") === "ACTIVE");
    if (found || listed.length < PAGE_SIZE) return succeeded(found?.id ?? null);
  }
  return succeeded(null);
}

async function createPlan(
  client: PaypalClient,
  name: string,
  money: Money,
  interval: Interval,
): Promise<Outcome<string>> {
  const answer = await client.viaSdk("checkout", ({ subscriptions }) =>
    subscriptions.createBillingPlan({
      paypalRequestId: name.replaceAll(/[^A-Za-z0-9]+/g, "-"),
      prefer: "return=minimal",
      body: {
        productId: PRODUCT_ID,
        name,
        billingCycles: [
          {
            tenureType: TenureType.Regular,
            sequence: 1,
            totalCycles: 0, // until somebody cancels
            frequency: {
              intervalUnit: interval === "year" ? IntervalUnit.Year : IntervalUnit.Month,
              intervalCount: 1,
            },
            pricingScheme: { fixedPrice: toPaypal(money) },
          },
        ],
        // Three refusals in a row suspend the subscription; what is owed is not collected twice over.
        paymentPreferences: { autoBillOutstanding: false, paymentFailureThreshold: 3 },
      },
    }),
  );
  const plan = harmless(answer);
  if (!plan.ok) return plan;
  const parsed = made.safeParse(plan.value);
  return parsed.success
    ? succeeded(parsed.data.id)
    : failed("unavailable", "malformed", "a plan in no known form");
}

/** Plans and products move no money: whether one was made is found out by looking again. */
function harmless(answer: Outcome<unknown>): Outcome<unknown> {
  if (answer.ok || answer.failure.kind !== "unknown-outcome") return answer;
  return failed("unavailable", answer.failure.code, answer.failure.detail);
}
