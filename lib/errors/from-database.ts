import { type ErrorCode, isErrorCode } from "./codes";

type NamedConstraint = ErrorCode | Readonly<Record<string, ErrorCode>>;

/** What a broken constraint means for one operation; see `AppError.naming`. */
export interface DatabaseNaming {
  readonly foreign_key?: NamedConstraint;
  readonly unique?: NamedConstraint;
  readonly check?: NamedConstraint;
}

interface Translated {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;
}

/** SQLSTATE with which our own functions raise a code of the catalogue (`private.fail`). */
const DOMAIN_ERROR = "OP001";

/** One SQLSTATE, one meaning (PostgreSQL manual, appendix A). */
const meaning: Readonly<Record<string, ErrorCode>> = {
  "21000": "server.unknown",
  "22001": "input.invalid", // string too long for its column
  "22003": "input.invalid", // number out of range
  "22007": "input.invalid", // date in no known form
  "22008": "input.invalid", // date out of range
  "22021": "input.malformed", // NUL byte or broken UTF-8
  "22P02": "input.invalid", // text that is no uuid, number …
  "22P05": "input.malformed",
  "23502": "input.invalid", // missing value
  "23P01": "conflict", // exclusion: two appointments in one place
  "25006": "server.unavailable", // read only: a standby answered
  "25P03": "server.timeout", // idle in transaction
  "40001": "server.unavailable", // serialization failure, already retried by the caller
  "40P01": "server.unavailable", // deadlock, already retried by the caller
  "42501": "access.forbidden",
  "55P03": "server.unavailable", // lock timeout
  "57014": "server.timeout", // statement timeout
  "57P01": "server.unavailable",
  "57P02": "server.unavailable",
  "57P03": "server.unavailable",
  P0002: "not_found", // no_data_found
};

const SOCKET_ERRORS = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EPIPE",
  "EHOSTUNREACH",
]);
const LOST_CONNECTION =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;
const CONNECTION_CLASSES = /^(08|53|58)/; // connection lost, out of resources, operating system

/** The meaning of a database error, or null for an error that is none. */
export function translateDatabaseError(error: unknown, naming: DatabaseNaming): Translated | null {
  if (!(error instanceof Error)) return null;
  if (error.message === "no result" && "node" in error) return plain("not_found"); // Kysely's NoResultError
  if (LOST_CONNECTION.test(error.message)) return plain("server.unavailable");
  const state = textOf(error, "code");
  if (SOCKET_ERRORS.has(state)) return plain("server.unavailable");
  if (!isSqlState(state) || !("severity" in error)) return null;
  return state === DOMAIN_ERROR ? domainError(error) : plain(constraintError(error, state, naming));
}

/**
 * Whether the same transaction may succeed when it is run again: serialization failure or deadlock.
 * Anything else, a lost connection included, may already have been committed.
 */
export function isRetryable(error: unknown): boolean {
  return error instanceof Error && ["40001", "40P01"].includes(textOf(error, "code"));
}

function constraintError(error: Error, state: string, naming: DatabaseNaming): ErrorCode {
  switch (state) {
    case "23503":
      // The same SQLSTATE tells of a missing parent and of a parent that still has children.
      if (textOf(error, "detail").includes("still referenced")) return "conflict";
      return named(naming.foreign_key, error) ?? "not_found";
    case "23001":
      return "conflict";
    case "23505":
      return named(naming.unique, error) ?? "conflict";
    case "23514":
      return named(naming.check, error) ?? "input.invalid";
    default:
      return meaning[state] ?? (CONNECTION_CLASSES.test(state) ? "server.unavailable" : "server.unknown");
  }
}

function named(naming: NamedConstraint | undefined, error: Error): ErrorCode | undefined {
  return typeof naming === "object" ? naming[textOf(error, "constraint")] : naming;
}

function domainError(error: Error): Translated {
  if (!isErrorCode(error.message)) return plain("server.unknown");
  return { code: error.message, details: parseDetails(textOf(error, "detail")) };
}

function parseDetails(text: string): Readonly<Record<string, unknown>> {
  if (!text.startsWith("{")) return {};
  try {
    const details: unknown = JSON.parse(text);
    return isRecord(details) ? details : {};
  } catch {
    return {}; // the code alone is still the right answer
  }
}

function plain(code: ErrorCode): Translated {
  return { code, details: {} };
}

function isSqlState(state: string): boolean {
  return /^[0-9A-Z]{5}$/.test(state);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(error: Error, property: string): string {
  const value: unknown = Reflect.get(error, property);
  return typeof value === "string" ? value : "";
}
