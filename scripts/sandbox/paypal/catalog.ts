import { readAmount } from "./amounts";
import { type Answer, type Call, created, isObject, ok, part, text } from "./call";
import { PaypalError } from "./errors";
import { intervalUnits, newId, type PaypalState, type Plan } from "./state";

/** `POST /v1/catalogs/products` */
export function createProduct({ body, store }: Call): Answer {
  const product = { id: text(body, "id") ?? newId("PROD-"), name: text(body, "name") ?? "" };
  if (product.name === "") throw new PaypalError(400, "INVALID_REQUEST", "MISSING_REQUIRED_PARAMETER");
  if (store.state.products.some(({ id }) => id === product.id))
    throw PaypalError.unprocessable("DUPLICATE_RESOURCE_IDENTIFIER");
  store.state.products.push(product);
  store.changed();
  return created(product);
}

/** `GET /v1/catalogs/products/{id}` */
export function getProduct({ store, ids }: Call): Answer {
  const product = store.state.products.find(({ id }) => id === ids[0]);
  if (!product) throw PaypalError.notFound();
  return ok(product);
}

/** `POST /v1/billing/plans` */
export function createPlan({ body, store }: Call): Answer {
  const cycles: unknown = body["billing_cycles"];
  const cycle: unknown = Array.isArray(cycles) ? cycles[0] : null;
  const productId = text(body, "product_id");
  const name = text(body, "name");
  const { interval_unit, interval_count } = part(cycle, "frequency");
  const unit = intervalUnits.find((known) => known === interval_unit);
  if (!unit || !isObject(cycle) || !productId || !name || !isObject(body["payment_preferences"]))
    throw new PaypalError(400, "INVALID_REQUEST", "MISSING_REQUIRED_PARAMETER");
  if (!store.state.products.some(({ id }) => id === productId)) throw PaypalError.notFound();
  const plan: Plan = {
    id: newId("P-", 24),
    productId,
    name,
    unit,
    count: Number(interval_count ?? 1),
    price: readAmount(part(cycle, "pricing_scheme")["fixed_price"]),
    failureThreshold: Number(part(body, "payment_preferences")["payment_failure_threshold"] ?? 0),
  };
  store.state.plans.push(plan);
  store.changed();
  return created(describePlan(plan));
}

/** `GET /v1/billing/plans?product_id=…` */
export function listPlans({ store, request }: Call): Answer {
  const { searchParams } = request.url;
  const product = searchParams.get("product_id");
  const size = Number(searchParams.get("page_size") ?? 10);
  const start = (Number(searchParams.get("page") ?? 1) - 1) * size;
  const plans = store.state.plans.filter(({ productId }) => product === null || productId === product);
  const short = plans.slice(start, start + size).map(({ id, name }) => ({ id, name, status: "ACTIVE" }));
  return ok({ plans: short, links: [] });
}

/** `GET /v1/billing/plans/{id}` */
export function getPlan({ store, ids }: Call): Answer {
  return ok(describePlan(findPlan(store.state, ids[0])));
}

export function findPlan(state: PaypalState, id: string | undefined): Plan {
  const plan = state.plans.find((one) => one.id === id);
  if (!plan) throw PaypalError.notFound();
  return plan;
}

export function describePlan(plan: Plan): Record<string, unknown> {
  return {
    id: plan.id,
    product_id: plan.productId,
    name: plan.name,
    status: "ACTIVE",
    billing_cycles: [
      {
        tenure_type: "REGULAR",
        sequence: 1,
        total_cycles: 0,
        frequency: { interval_unit: plan.unit, interval_count: plan.count },
        pricing_scheme: { fixed_price: plan.price, version: 1 },
      },
    ],
    payment_preferences: { payment_failure_threshold: plan.failureThreshold },
  };
}
