import type { HttpAnswer, HttpClient } from "../http";
import type { Operation } from "../http-policy";
import { type Failure, type FailureKind, failed, type Outcome, succeeded } from "../outcome";
import { redact } from "../redact";
import { sign } from "./signature";

export interface FlowSettings {
  /** `https://www.flow.cl/api`, `https://sandbox.flow.cl/api`; production and sandbox have keys of their own. */
  readonly apiUrl: string;
  readonly apiKey: string;
  readonly secretKey: string;
}

type Parameters = Readonly<Record<string, string | number>>;

/** Flow's transport: form bodies out, JSON in, every call signed, no call ever repeated by itself. */
export interface FlowClient {
  get(path: string, parameters: Parameters): Promise<Outcome<unknown>>;
  post(operation: Operation, path: string, parameters: Parameters): Promise<Outcome<unknown>>;
}

/** Codes that say that an earlier try of the same order got through: its outcome must be asked for. */
const ALREADY_SENT = new Set(["104", "1605"]);

/** @see https://developers.flow.cl/api (read 2026-11-22): errors are 400 or 401 with `{code, message}` */
export function createFlowClient(settings: FlowSettings, http: HttpClient): FlowClient {
  const signed = (parameters: Parameters): URLSearchParams => {
    const texts = Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [name, String(value)]),
    );
    const all = { ...texts, apiKey: settings.apiKey };
    return new URLSearchParams({ ...all, s: sign(all, settings.secretKey) });
  };
  const secrets = [settings.apiKey, settings.secretKey];

  return {
    async get(path, parameters) {
      const answer = await http.send({ operation: "state", method: "GET", path, query: signed(parameters) });
      return answer.ok ? understand(answer.value, "unavailable", secrets) : answer;
    },
    async post(operation, path, parameters) {
      // No idempotency key exists at Flow, so a try that may have arrived is never sent again.
      const answer = await http.send({ operation, method: "POST", path, body: signed(parameters) });
      return answer.ok ? understand(answer.value, "unknown-outcome", secrets) : answer;
    },
  };
}

/** Whether a failure says that Flow knows no such order, token or refund. */
export function isNotFound(failure: Failure): boolean {
  return failure.kind === "invalid" && /not found|no encontrad/i.test(failure.detail);
}

/** @param unreadable what an answer means that is not Flow's: it cannot tell whether our order was carried out */
function understand(
  answer: HttpAnswer,
  unreadable: FailureKind,
  secrets: readonly string[],
): Outcome<unknown> {
  const body = parse(answer.text);
  if (answer.status >= 200 && answer.status < 300) {
    if (isRecord(body) && !("code" in body && "message" in body)) return succeeded(body);
    if (isRecord(body)) return refusal(body, secrets); // an error body under status 200
    return failed(unreadable, "malformed", redact(answer.text, secrets, 120));
  }
  if ((answer.status === 400 || answer.status === 401) && isRecord(body) && "message" in body)
    return refusal(body, secrets);
  return failed(unreadable, String(answer.status), redact(answer.text, secrets, 120));
}

function refusal(body: Record<string, unknown>, secrets: readonly string[]): Outcome<never> {
  const code = textOf(body["code"]);
  const message = redact(textOf(body["message"]), secrets);
  return failed(kindOf(code, message), code, message);
}

function kindOf(code: string, message: string): FailureKind {
  if (ALREADY_SENT.has(code)) return "unknown-outcome";
  if (/api ?key|secret|signature|\bsign\b|firma|unauthorized/i.test(message)) return "auth";
  if (/quota|too many/i.test(message)) return "rate-limited";
  if (code === "501" || /insufficient|fondos/i.test(message)) return "declined";
  return "invalid";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
