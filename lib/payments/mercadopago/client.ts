import { MercadoPagoConfig } from "mercadopago";
import { RestClient } from "mercadopago/dist/utils/restClient/index.js";
import type { HttpAnswer, HttpClient } from "../http";
import type { Operation } from "../http-policy";
import { type Failure, type FailureKind, failed, type Outcome, succeeded } from "../outcome";
import { redact } from "../redact";
import { parseJson } from "./json";

export interface MercadoPagoSettings {
  /** `https://api.mercadopago.com` for everything; the token decides between test and production. */
  readonly apiUrl: string;
  readonly accessToken: string;
  readonly webhookSecret: string;
}

/** One call of the official library, with the configuration that carries it over our own transport. */
export type LibraryCall = (config: MercadoPagoConfig) => Promise<unknown>;

/**
 * Mercado Pago's transport. Numbers of an answer come as the text that stood in it: an id of twenty digits and
 * an amount pass no float.
 */
export interface MercadoPagoClient {
  ask(call: LibraryCall): Promise<Outcome<unknown>>;
  order(operation: Operation, call: LibraryCall, idempotency?: Idempotency): Promise<Outcome<unknown>>;
}

export interface Idempotency {
  /** Sent as `X-Idempotency-Key`, the same for every try. */
  readonly key: string;
  /** Whether the call is documented to answer a repeated key with the first result (refunds, not preferences). */
  readonly honoured: boolean;
}

/** What the library hands to its transport; see `mercadopago/dist/utils/restClient`. */
interface LibraryRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly queryParams?: Readonly<Record<string, string | number>>;
  readonly carrier?: Carrier;
}
type Carrier = (endpoint: string, request: LibraryRequest) => Promise<unknown>;

// Every request of the library leaves through this one function. Its own has no base URL, follows redirects,
// reads bodies without limit and takes an unreadable answer for an empty one (docs/decisions/0022).
Object.assign(RestClient, {
  fetch: (endpoint: string, request: LibraryRequest = {}): Promise<unknown> => {
    if (!request.carrier) throw new Error("a call of Mercado Pago's library without our transport");
    return request.carrier(endpoint, request);
  },
});

/** A failure on its way through the library's promise. */
class Refused extends Error {
  constructor(readonly failure: Failure) {
    super(failure.code);
  }
}

/** @see https://www.mercadopago.cl/developers/es/reference (shapes in docs/decisions/0022, read 2026-11-24) */
export function createMercadoPagoClient(settings: MercadoPagoSettings, http: HttpClient): MercadoPagoClient {
  const { accessToken } = settings;
  const secrets = [accessToken, settings.webhookSecret];

  async function run(
    operation: Operation,
    call: LibraryCall,
    idempotency: Idempotency | null,
  ): Promise<Outcome<unknown>> {
    const carrier: Carrier = async (endpoint, request) => {
      const outcome = await carry(http, operation, endpoint, request, idempotency);
      const answer = outcome.ok ? understand(outcome.value, request.method ?? "GET", secrets) : outcome;
      if (!answer.ok) throw new Refused(answer.failure);
      return answer.value;
    };
    const options = { maxRetries: 0, carrier };
    try {
      // A configuration for each call: the library writes the options of one into the next.
      return succeeded(await call(new MercadoPagoConfig({ accessToken, options })));
    } catch (error) {
      if (error instanceof Refused) return { ok: false, failure: error.failure };
      throw error;
    }
  }

  return {
    ask: (call) => run("state", call, null),
    order: (operation, call, idempotency) => run(operation, call, idempotency ?? null),
  };
}

/** Whether an address was not found at all, in whatever form that was said: a question whose answer is not needed. */
export function isMissing({ code }: Failure): boolean {
  return code.startsWith("404");
}

/** Whether a failure says that Mercado Pago knows no such thing. */
export function isNotFound(failure: Failure): boolean {
  return failure.kind === "invalid" && failure.code.startsWith("404");
}

function carry(
  http: HttpClient,
  operation: Operation,
  endpoint: string,
  request: LibraryRequest,
  idempotency: Idempotency | null,
): Promise<Outcome<HttpAnswer>> {
  const { headers, body, queryParams } = request;
  return http.send({
    operation,
    method: methodOf(request.method),
    path: endpoint.replace(/^\/+|\/+$/g, ""), // the library ends some paths with a slash, the documentation none
    ...(queryParams ? { query: queryOf(queryParams) } : {}),
    ...(body === undefined ? {} : { body }),
    headers: {
      ...headers,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(idempotency ? { "x-idempotency-key": idempotency.key } : {}),
    },
    ...(idempotency?.honoured ? { idempotencyKey: idempotency.key } : {}),
  });
}

function methodOf(method = "GET"): "GET" | "POST" | "PUT" {
  if (method === "GET" || method === "POST" || method === "PUT") return method;
  throw new Error(`Mercado Pago's library sends ${method}, which was never needed`);
}

function queryOf(parameters: Readonly<Record<string, string | number>>): URLSearchParams {
  return new URLSearchParams(Object.entries(parameters).map(([name, value]) => [name, String(value)]));
}

function understand(answer: HttpAnswer, method: string, secrets: readonly string[]): Outcome<unknown> {
  const { status, text } = answer;
  const body = parseJson(text);
  const unclear: FailureKind = method === "GET" ? "unavailable" : "unknown-outcome";
  const isError = isRecord(body) && "message" in body && "error" in body;
  if (status >= 200 && status < 300 && body !== undefined && !isError) return succeeded(body);
  const told = status >= 400 ? status : isError ? Number(body["status"]) : Number.NaN;
  const detail = redact(isRecord(body) ? messageOf(body) : text, secrets);
  if (told === 401 || told === 403) return failed("auth", codeOf(told, body), detail);
  // An answer that is not Mercado Pago's own cannot tell whether our order was carried out.
  if (!isRecord(body) || Number.isNaN(told))
    return failed(unclear, status === 404 ? "404" : "malformed", redact(text, secrets, 120));
  if (told === 402) return failed("declined", codeOf(told, body), detail);
  // A key in use, a locked or dependent resource: an earlier try of the same order may be under way.
  if ([409, 423, 424].includes(told) || told >= 500) return failed(unclear, codeOf(told, body), detail);
  return failed("invalid", codeOf(told, body), detail);
}

/** `400 bad_request 2063`: the status, its name, and the code of the first cause. */
function codeOf(status: number, body: unknown): string {
  if (!isRecord(body)) return String(status);
  const causes: readonly unknown[] = Array.isArray(body["cause"]) ? body["cause"] : [];
  const [cause] = causes;
  const parts = [String(status), textOf(body["error"]), isRecord(cause) ? textOf(cause["code"]) : ""];
  return parts.filter((part) => part !== "").join(" ");
}

function messageOf(body: Record<string, unknown>): string {
  return textOf(body["message"]) || textOf(body["error"]);
}

function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
