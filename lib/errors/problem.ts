import { AppError } from "./app-error";
import { type ErrorCode, valuesOf } from "./codes";
import type { FieldIssue } from "./from-validation";

const PROBLEM_BASE = "https://opttius.app/problems/";

/** One refused field of a problem. */
export interface ProblemField {
  /** JSON pointer into the input (RFC 6901), for example `/lines/0/quantity`. */
  readonly pointer: string;
  readonly code: string;
  /** A sentence in the reader's language. */
  readonly detail: string;
}

/** `application/problem+json`, RFC 9457, in the reader's language. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The request id: what a person quotes when asking for help. */
  readonly instance: string;
  readonly code: ErrorCode;
  readonly errors?: readonly ProblemField[];
  /** Seconds until it is worth trying again. */
  readonly retryAfter?: number;
  /** Id of the record that already holds what was sent, where the reader may see it. */
  readonly conflictsWith?: string;
  /** Units that the books hold now, where somebody counted against an older number. */
  readonly bookUnits?: number;
  readonly limit?: { readonly metric: string; readonly used: number | null; readonly max: number | null };
}

/** What a server action answers. */
export type ActionResult<T> =
  | { readonly ok: true; readonly data: T }
  | { readonly ok: false; readonly problem: Problem };

/** A translator over all namespaces, as `getTranslations()` gives it. */
export interface Translate {
  (key: string, values?: Record<string, string | number>): string;
  has(key: string): boolean;
}

/**
 * Turns whatever was thrown into the problem that a person or a program gets to see.
 * Anything that is no AppError becomes `server.unknown`: its text stays in the log.
 *
 * @param context.requestId stands in `instance` and in the log line of the same failure
 * @param context.t translator over all namespaces (`errors.*`, `fields.*`)
 */
export function toProblem(error: unknown, context: { requestId: string; t: Translate }): Problem {
  const { requestId, t } = context;
  const known = error instanceof AppError ? error : new AppError("server.unknown");
  return {
    type: PROBLEM_BASE + known.code,
    title: t(`errors.title.${known.status}`),
    status: known.status,
    detail: t(`errors.${known.code}`, sentenceValues(known)),
    instance: requestId,
    code: known.code,
    ...(known.issues.length > 0 && { errors: known.issues.map((issue) => toField(issue, t)) }),
    ...extensions(known),
  };
}

/** Headers that belong to a problem: its media type, and `Retry-After` where waiting helps. */
export function problemHeaders(problem: Problem): Record<string, string> {
  const headers: Record<string, string> = {
    "content-type": "application/problem+json; charset=utf-8",
    "cache-control": "no-store",
  };
  if (problem.retryAfter !== undefined) headers["retry-after"] = String(problem.retryAfter);
  return headers;
}

function sentenceValues(error: AppError): Record<string, string | number> {
  const values = valuesOf(error.code).map((name) => {
    const value = error.details[name];
    if (name === "retryAfterSeconds") return wait(value);
    return { [name]: typeof value === "number" || typeof value === "string" ? value : "unknown" };
  });
  return Object.assign({}, ...values) as Record<string, string | number>;
}

/** How long to wait, in the largest unit that a person would say it in; never less than it takes. */
function wait(seconds: unknown): { waitUnit: string; waitCount: number } {
  if (typeof seconds !== "number") return { waitUnit: "unknown", waitCount: 0 };
  const [minutes, hours] = [Math.ceil(seconds / 60), Math.ceil(seconds / 3_600)];
  if (seconds <= 90) return { waitUnit: "seconds", waitCount: Math.max(1, Math.ceil(seconds)) };
  return minutes <= 90
    ? { waitUnit: "minutes", waitCount: minutes }
    : { waitUnit: "hours", waitCount: hours };
}

function toField(issue: FieldIssue, t: Translate): ProblemField {
  const key = [`fields.${issue.key}`, issue.key].find((candidate) => t.has(candidate)) ?? "fields.invalid";
  return { pointer: issue.pointer, code: issue.code, detail: t(key, { ...issue.values }) };
}

function extensions(error: AppError): Pick<Problem, "retryAfter" | "conflictsWith" | "bookUnits" | "limit"> {
  const { retryAfterSeconds, conflictsWith, available, metric, used, max } = error.details;
  return {
    ...(typeof retryAfterSeconds === "number" && { retryAfter: Math.max(1, Math.ceil(retryAfterSeconds)) }),
    ...(typeof conflictsWith === "string" && { conflictsWith }),
    ...(error.code === "stock.changed" && typeof available === "number" && { bookUnits: available }),
    ...(error.code === "tier.limit_exceeded" &&
      typeof metric === "string" && {
        limit: { metric, used: numberOrNull(used), max: numberOrNull(max) },
      }),
  };
}

function numberOrNull(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
