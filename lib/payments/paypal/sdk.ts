import { AsyncLocalStorage } from "node:async_hooks";
import {
  Client,
  Environment,
  OrdersController,
  PaymentsController,
  SubscriptionsController,
  TransactionSearchController,
} from "@paypal/paypal-server-sdk";
import type { HttpCall } from "../http";
import type { Operation } from "../http-policy";
import type { Outcome } from "../outcome";

/** The calls of PayPal's official package that we use. */
export interface PaypalSdk {
  readonly orders: OrdersController;
  readonly payments: PaymentsController;
  readonly subscriptions: SubscriptionsController;
  readonly transactions: TransactionSearchController;
}

/** One call on its way through the package, and what our own transport made of it. */
interface Passage {
  readonly operation: Operation;
  outcome: Outcome<unknown> | null;
}

/** What the package's HTTP layer (axios) hands to an adapter, as far as we read it. */
interface BuiltRequest {
  readonly method?: string;
  readonly url?: string;
  readonly headers: Iterable<[string, unknown]>;
  readonly data?: unknown;
}

/**
 * Lets the official package build requests and nothing more. It knows no other address than PayPal's two, waits
 * without end, drops fields that its models lack, and throws the same error for an answer that it cannot read
 * as for a refusal; so the adapter below hands each request to our transport and what the package makes of the
 * answer is not used (docs/decisions/0023).
 *
 * @param send our transport: adds the token, carries, classifies
 */
export function createSdk(send: (call: HttpCall) => Promise<Outcome<unknown>>) {
  const passages = new AsyncLocalStorage<Passage>();

  async function adapter(request: BuiltRequest): Promise<object> {
    const passage = passages.getStore();
    if (!passage) throw new Error("a request of the PayPal package came from nowhere");
    passage.outcome = await send(asCall(passage.operation, request));
    return { data: "", status: 204, statusText: "", headers: {}, config: request };
  }

  const client = new Client({
    environment: Environment.Sandbox, // only its path is read
    timeout: 0, // ours bound every try
    // Never sent: the transport puts the real one on. Without it the package would ask for one by itself.
    clientCredentialsAuthCredentials: {
      oAuthClientId: "",
      oAuthClientSecret: "",
      oAuthToken: { accessToken: "unused", tokenType: "Bearer" },
    },
    unstable_httpClientOptions: { adapter },
  });
  const sdk: PaypalSdk = {
    orders: new OrdersController(client),
    payments: new PaymentsController(client),
    subscriptions: new SubscriptionsController(client),
    transactions: new TransactionSearchController(client),
  };

  return {
    async run(operation: Operation, build: (sdk: PaypalSdk) => Promise<unknown>): Promise<Outcome<unknown>> {
      const passage: Passage = { operation, outcome: null };
      let refused: unknown;
      await passages.run(passage, () => build(sdk)).catch((error: unknown) => (refused = error));
      // Nothing was sent: the package refused our arguments, which is a bug of ours.
      if (!passage.outcome) throw new Error("the PayPal package built no request", { cause: refused });
      return passage.outcome;
    },
  };
}

function asCall(operation: Operation, request: BuiltRequest): HttpCall {
  const url = new URL(request.url ?? "");
  const headers: Record<string, string> = {};
  for (const [name, value] of request.headers) {
    if (typeof value === "string") headers[name.toLowerCase()] = value;
  }
  const key = headers["paypal-request-id"];
  return {
    operation,
    method: request.method?.toUpperCase() === "GET" ? "GET" : "POST",
    path: url.pathname.slice(1),
    headers,
    ...(url.search === "" ? {} : { query: url.searchParams }),
    ...(typeof request.data === "string" ? { body: request.data } : {}),
    ...(key === undefined ? {} : { idempotencyKey: key }),
  };
}
