import type { HttpAnswer, HttpCall, HttpClient } from "../http";
import { type Operation, patience } from "../http-policy";
import { type FailureKind, failed, type Outcome, succeeded } from "../outcome";
import { redact } from "../redact";
import { isRecord, readJson, refusalOf } from "./answers";
import { createSdk, type PaypalSdk } from "./sdk";
import type { PaypalSettings } from "./settings";
import { createTokens } from "./tokens";

type DirectCall = Pick<HttpCall, "operation" | "method" | "path" | "query" | "headers"> & {
  /** JSON as text. */
  readonly body?: string;
};

/** PayPal's transport: OAuth, JSON both ways, refusals told apart. */
export interface PaypalClient {
  /** A call that the official package builds; our transport carries it and reads the answer. */
  viaSdk(operation: Operation, build: (sdk: PaypalSdk) => Promise<unknown>): Promise<Outcome<unknown>>;
  /** A call that the official package does not know. */
  send(call: DirectCall): Promise<Outcome<unknown>>;
  /** The application that the credentials open, as the token's answer tells it. */
  application(): Promise<Outcome<string | null>>;
}

/**
 * @param secrets shared with the HTTP client; the token in use joins it, so that no failure repeats it
 * @see https://developer.paypal.com/api/rest/authentication/ (read 2026-11-24)
 */
export function createPaypalClient(
  settings: PaypalSettings,
  http: HttpClient,
  secrets: string[],
): PaypalClient {
  const tokens = createTokens(settings, http, secrets);

  async function authorized(asked: HttpCall): Promise<Outcome<HttpAnswer>> {
    // The token's way and the call's are one wait to whoever asked.
    const call = { ...asked, until: Date.now() + patience[asked.operation].totalMs };
    const first = await tokens.get(call.operation);
    if (!first.ok) return first;
    const answer = await http.send(withToken(call, first.value.text));
    if (!answer.ok || answer.value.status !== 401) return answer;
    // Revoked before its time. A 401 is given before anything is done, so the call may be sent again, once.
    tokens.forget(first.value);
    const second = await tokens.get(call.operation);
    return second.ok ? http.send(withToken(call, second.value.text)) : second;
  }
  const understood = async (call: HttpCall) => understand(await authorized(call), call.method, secrets);
  const sdk = createSdk(understood);

  return {
    viaSdk: (operation, build) => sdk.run(operation, build),
    send: ({ headers, ...call }) =>
      understood({ ...call, headers: { ...(call.body === undefined ? {} : JSON_TYPE), ...headers } }),
    async application() {
      const token = await tokens.get("state");
      return token.ok ? succeeded(token.value.application) : token;
    },
  };
}

const JSON_TYPE = { "content-type": "application/json" };

function withToken(call: HttpCall, token: string): HttpCall {
  return { ...call, headers: { ...call.headers, authorization: `Bearer ${token}` } };
}

/** An answer that cannot be read: after an order it may have been carried out, after a question it was not answered. */
function understand(
  answer: Outcome<HttpAnswer>,
  method: HttpCall["method"],
  secrets: readonly string[],
): Outcome<unknown> {
  if (!answer.ok) return answer;
  const { status, text } = answer.value;
  const unreadable: FailureKind = method === "GET" ? "unavailable" : "unknown-outcome";
  const body = text === "" ? {} : readJson(text);
  if (status >= 200 && status < 300)
    return isRecord(body) ? succeeded(body) : failed(unreadable, "malformed", redact(text, secrets, 120));
  const refusal = refusalOf(status, body, secrets);
  return refusal ?? failed(unreadable, String(status), redact(text, secrets, 120));
}
