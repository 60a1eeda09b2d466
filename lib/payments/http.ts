import { createGuard, createRetryBudget, type Guard, type Operation, patience } from "./http-policy";
import { type Failure, failed, type Outcome, succeeded } from "./outcome";
import { redact } from "./redact";

export interface HttpCall {
  readonly operation: Operation;
  readonly method: "GET" | "POST" | "PUT";
  /** Below the gateway's address; logged, so names of things may stand in it, never people or credentials. */
  readonly path: string;
  readonly query?: URLSearchParams;
  readonly body?: URLSearchParams | string;
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Set where the gateway answers a repeated key with the first result: only then is a try that may have
   * arrived sent again.
   */
  readonly idempotencyKey?: string;
  /** When the person who waits for several calls together is told that it took too long, in milliseconds since 1970. */
  readonly until?: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** One finished call, safe to log: no query, no body, no credentials. */
export interface CallRecord {
  readonly gateway: string;
  readonly operation: Operation;
  readonly method: string;
  readonly path: string;
  readonly durationMs: number;
  readonly tries: number;
  readonly status: number | null;
  readonly failure: Failure | null;
}

export interface HttpClientOptions {
  readonly gateway: string;
  readonly baseUrl: string;
  /** Our credentials: taken out of whatever a failure says. */
  readonly secrets: readonly string[];
  readonly onCall?: (record: CallRecord) => void;
}

export interface HttpClient {
  /** Answers of 2xx and 4xx are the adapter's to read; everything else is a failure already classified. */
  send(call: HttpCall): Promise<Outcome<HttpAnswer>>;
  isOpen(operation: Operation): boolean;
}

const operations = ["checkout", "state", "refund"] as const satisfies readonly Operation[];

const MAX_ANSWER_BYTES = 1024 * 1024;

/** Codes of the line that prove that no byte of the request reached a server. */
const NEVER_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

/** A try, and what it proves about the request. */
interface Try {
  readonly outcome: Outcome<HttpAnswer>;
  readonly repeat: "never" | "if-keyed" | "safe";
}

/**
 * The one way out to a gateway: time limits per try and in total, a cap on the answer's size, no redirects,
 * a circuit breaker and bulkhead per operation, and failures told apart by what may have happened.
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const guards: Record<Operation, Guard> = {
    checkout: createGuard("checkout"),
    state: createGuard("state"),
    refund: createGuard("refund"),
  };
  const budget = createRetryBudget();
  const heldUntil: Record<Operation, number> = { checkout: 0, state: 0, refund: 0 };
  // A rate is the whole account's; an outage is told by the call that met it.
  const hold = (operation: Operation, waitMs: number) =>
    (heldUntil[operation] = Math.max(heldUntil[operation], Date.now() + waitMs));

  async function send(call: HttpCall): Promise<Outcome<HttpAnswer>> {
    const waitMs = heldUntil[call.operation] - Date.now();
    if (waitMs > 0) return failed("rate-limited", "held", "the gateway asked us to wait", waitMs);
    const started = Date.now();
    let tries = 0;
    const leftMs = Math.min(
      patience[call.operation].totalMs,
      (call.until ?? Number.POSITIVE_INFINITY) - started,
    );
    if (leftMs <= 0) return failed("unavailable", "timeout", "no time was left to ask");
    const outcome = await guards[call.operation].run(async () => {
      const total = AbortSignal.timeout(leftMs);
      for (;;) {
        tries += 1;
        budget.call();
        const { outcome: answer, repeat } = await attempt(options, call, total);
        const again = repeat === "safe" || (repeat === "if-keyed" && call.idempotencyKey !== undefined);
        if (!again || tries > patience[call.operation].retries || total.aborted || !budget.mayRetry())
          return answer;
      }
    });
    if (!outcome.ok && outcome.failure.kind === "rate-limited")
      for (const operation of operations) hold(operation, outcome.failure.retryAfterMs ?? 1_000);
    else if (!outcome.ok) hold(call.operation, outcome.failure.retryAfterMs ?? 0);
    options.onCall?.({
      gateway: options.gateway,
      operation: call.operation,
      method: call.method,
      path: call.path,
      durationMs: Date.now() - started,
      tries,
      status: outcome.ok ? outcome.value.status : null,
      failure: outcome.ok ? null : outcome.failure,
    });
    return outcome;
  }

  return { send, isOpen: (operation) => guards[operation].isOpen() };
}

async function attempt(options: HttpClientOptions, call: HttpCall, total: AbortSignal): Promise<Try> {
  const url = `${options.baseUrl.replace(/\/+$/, "")}/${call.path}${call.query ? `?${call.query}` : ""}`;
  const signal = AbortSignal.any([total, AbortSignal.timeout(patience[call.operation].tryMs)]);
  try {
    const response = await fetch(url, {
      method: call.method,
      headers: { accept: "application/json", ...call.headers },
      ...(call.body === undefined ? {} : { body: call.body }),
      redirect: "manual", // a redirect would carry our signed request to a host that nobody configured
      signal,
    });
    return await read(options, call, response);
  } catch (error) {
    return lineFailure(options, call, error);
  }
}

async function read(options: HttpClientOptions, call: HttpCall, response: Response): Promise<Try> {
  const { status, headers } = response;
  const text = await readCapped(response);
  if (status === 429) {
    const failure = failed("rate-limited", "429", say(options, text), retryAfterMs(headers));
    return { outcome: failure, repeat: "never" };
  }
  if (text === null)
    return { outcome: broken(call, "too-large", `more than ${MAX_ANSWER_BYTES} bytes`), repeat: "never" };
  if (status >= 300 && status < 400)
    return { outcome: broken(call, String(status), "a redirect, not followed"), repeat: "never" };
  if (status >= 500) {
    const waitMs = retryAfterMs(headers);
    const outcome = broken(call, String(status), say(options, text), waitMs);
    // Who says when to come back is not asked again before.
    return { outcome, repeat: [502, 503, 504].includes(status) && !waitMs ? "if-keyed" : "never" };
  }
  return { outcome: succeeded({ status, headers, text }), repeat: "never" };
}

/** The body as text, or null once it is longer than the cap: the rest is not read. */
async function readCapped(response: Response): Promise<string | null> {
  if (!response.body) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > MAX_ANSWER_BYTES) return null; // leaving the loop cancels the stream
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** What the line did to us, told apart by whether the gateway can have seen the request. */
function lineFailure(options: HttpClientOptions, call: HttpCall, error: unknown): Try {
  const code = codeOf(error);
  if (NEVER_SENT.has(code)) {
    return { outcome: failed("unavailable", code, "no connection"), repeat: "safe" };
  }
  const timedOut = error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError");
  const name = timedOut ? "timeout" : code || "line-broke";
  return { outcome: broken(call, name, say(options, String(error))), repeat: "never" };
}

/** A question may be asked again; an order whose answer is lost may have been carried out. */
function broken(call: HttpCall, code: string, detail: string, waitMs?: number): Outcome<never> {
  return failed(call.method === "GET" ? "unavailable" : "unknown-outcome", code, detail, waitMs);
}

function codeOf(error: unknown): string {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  if (!(cause instanceof Error)) return "";
  const code: unknown = Reflect.get(cause, "code");
  if (typeof code === "string") return code;
  return cause instanceof AggregateError ? codeOf(new Error("", { cause: cause.errors[0] })) : "";
}

function retryAfterMs(headers: Headers): number | undefined {
  const value = headers.get("retry-after");
  if (value === null) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 3_600_000) : undefined;
}

function say(options: HttpClientOptions, text: string | null): string {
  return redact(text ?? "", options.secrets);
}
