import type { HttpAnswer, HttpClient } from "../http";
import { type Failure, type FailureKind, failed, type Outcome, succeeded } from "../outcome";
import { redact } from "../redact";
import { plainOf, readJson } from "./json-text";

/** A person's login at NOWPayments: the key of a shop may ask about a payment, but only a person may list them. */
export interface NowPaymentsLogin {
  readonly email: string;
  readonly password: string;
}

export interface NowPaymentsSettings {
  /** `https://api.nowpayments.io/v1`, `https://api-sandbox.nowpayments.io/v1`; each has accounts and keys of its own. */
  readonly apiUrl: string;
  readonly apiKey: string;
  /** Signs notices. */
  readonly ipnSecret: string;
  /** Without it nothing can be listed, neither an invoice's payments nor a day's. */
  readonly login?: NowPaymentsLogin;
}

/** NOWPayments' transport: JSON both ways, numbers as the text that they were written in, no call ever repeated by itself. */
export interface NowPaymentsClient {
  get(path: string): Promise<Outcome<unknown>>;
  /** @param json a whole document: amounts are written by the caller, so that none passes through a float */
  createInvoice(json: string): Promise<Outcome<unknown>>;
  /** Null where the settings hold no login. */
  readonly list: ((query: URLSearchParams) => Promise<Outcome<unknown>>) | null;
  /** Whether the login is taken; true where there is none. */
  checkLogin(): Promise<Outcome<true>>;
}

/** Tokens live for five minutes; one that is about to die is not used any more. */
const TOKEN_MS = 4 * 60_000;

/**
 * @see https://documenter.getpostman.com/view/7907941/2s93JusNJt (read 2026-11-22): errors are
 *   `{status: false, statusCode, code, message}`
 */
export function createNowPaymentsClient(settings: NowPaymentsSettings, http: HttpClient): NowPaymentsClient {
  const secrets = secretsOf(settings);
  const key = { "x-api-key": settings.apiKey };
  const { login } = settings;
  let token: { readonly value: Promise<Outcome<string>>; readonly until: number } | null = null;

  async function signIn({ email, password }: NowPaymentsLogin): Promise<Outcome<string>> {
    const answer = await http.send({
      operation: "state",
      method: "POST",
      path: "auth",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email, password }),
    });
    const read = answer.ok ? understand(answer.value, "unavailable", secrets) : asQuestion(answer);
    if (!read.ok) return read;
    const value = isRecord(read.value) ? read.value["token"] : undefined;
    return typeof value === "string"
      ? succeeded(value)
      : failed("unavailable", "malformed", "auth gave no token");
  }

  /** One sign-in for all who ask at once; a failed one is not kept. */
  async function tokenOf(account: NowPaymentsLogin): Promise<Outcome<string>> {
    if (!token || token.until < Date.now()) token = { value: signIn(account), until: Date.now() + TOKEN_MS };
    const held = token;
    const outcome = await held.value;
    if (!outcome.ok && token === held) token = null;
    return outcome;
  }

  async function list(account: NowPaymentsLogin, query: URLSearchParams): Promise<Outcome<unknown>> {
    const signedIn = await tokenOf(account);
    if (!signedIn.ok) return signedIn;
    const headers = { ...key, authorization: `Bearer ${signedIn.value}` };
    const answer = await http.send({ operation: "state", method: "GET", path: "payment/", query, headers });
    const read = answer.ok ? understand(answer.value, "unavailable", [...secrets, signedIn.value]) : answer;
    if (!read.ok && read.failure.kind === "auth") token = null; // revoked early: the next question signs in again
    return read;
  }

  return {
    async get(path) {
      const answer = await http.send({ operation: "state", method: "GET", path, headers: key });
      return answer.ok ? understand(answer.value, "unavailable", secrets) : answer;
    },
    async createInvoice(json) {
      const headers = { ...key, "content-type": "application/json" };
      // No idempotency key exists here, so a try that may have arrived is never sent again.
      const answer = await http.send({
        operation: "checkout",
        method: "POST",
        path: "invoice",
        headers,
        body: json,
      });
      return answer.ok ? understand(answer.value, "unknown-outcome", secrets) : answer;
    },
    list: login ? (query) => list(login, query) : null,
    async checkLogin() {
      const signedIn = login ? await tokenOf(login) : succeeded("");
      return signedIn.ok ? succeeded(true) : signedIn;
    },
  };
}

/** What must never stand in a log. */
export function secretsOf({ apiKey, ipnSecret, login }: NowPaymentsSettings): readonly string[] {
  return [apiKey, ipnSecret, ...(login ? [login.password, login.email] : [])];
}

/** Whether a failure says that NOWPayments knows no such payment; another account's look the same to our key. */
export function isNotFound({ kind, code, detail }: Failure): boolean {
  return kind === "invalid" && (/not_?found/i.test(code) || code === "404" || /not found/i.test(detail));
}

/** Signing in changes nothing there, so an answer that is lost leaves nothing open. */
function asQuestion(answer: Outcome<HttpAnswer> & { readonly ok: false }): Outcome<never> {
  const { kind, code, detail } = answer.failure;
  return kind === "unknown-outcome" ? failed("unavailable", code, detail) : answer;
}

/** @param unreadable what an answer means that is not NOWPayments': it cannot tell whether our order was carried out */
function understand(
  answer: HttpAnswer,
  unreadable: FailureKind,
  secrets: readonly string[],
): Outcome<unknown> {
  const document = readJson(answer.text);
  const body = document && plainOf(document);
  const isError = isRecord(body) && "message" in body && ("statusCode" in body || "code" in body);
  if (answer.status >= 200 && answer.status < 300 && isRecord(body) && !isError) return succeeded(body);
  if (isError) return refusal(answer.status, body, secrets); // under status 200 too
  if (answer.status === 401 || answer.status === 403)
    return failed("auth", String(answer.status), redact(answer.text, secrets, 120));
  if (answer.status === 404) return failed("invalid", "404", redact(answer.text, secrets, 120));
  return failed(unreadable, "malformed", redact(answer.text, secrets, 120));
}

function refusal(
  httpStatus: number,
  body: Record<string, unknown>,
  secrets: readonly string[],
): Outcome<never> {
  const status = textOf(body["statusCode"]) || String(httpStatus);
  const code = redact(textOf(body["code"]), secrets, 60) || status;
  const message = redact(textOf(body["message"]), secrets);
  if (status === "401" || status === "403" || /api_?key|auth|token/i.test(code))
    return failed("auth", code, message);
  if (status === "429") return failed("rate-limited", code, message);
  if (status.startsWith("5")) return failed("unavailable", code, message);
  return failed("invalid", code, message);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
