import type { ErrorCode } from "./codes";
import { statusOf } from "./codes";
import { type DatabaseNaming, translateDatabaseError } from "./from-database";
import { describeIssues, type FieldIssue, type ValidationIssue } from "./from-validation";

/** Facts about one occurrence: shown in the sentence or sent as extensions; never secrets or SQL. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/** The one error that domain code throws; edges turn it into a problem with `toProblem`. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  /** What is wrong field by field; empty unless the input was refused. */
  readonly issues: readonly FieldIssue[];

  constructor(
    code: ErrorCode,
    details: ErrorDetails = {},
    options: { cause?: unknown; issues?: readonly FieldIssue[] } = {},
  ) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = details;
    this.issues = options.issues ?? [];
  }

  get status(): number {
    return statusOf(this.code);
  }

  /**
   * Names what a broken constraint means for one operation, for `fromDatabase`.
   *
   * A plain code holds for every constraint of that kind; a record tells constraints apart by name.
   */
  static naming(naming: DatabaseNaming): DatabaseNaming {
    return naming;
  }

  /**
   * Translates what Postgres, its driver or Kysely threw. Errors that do not come from the database
   * (a bug, a redirect of the framework, another AppError) are handed back untouched.
   */
  static fromDatabase(error: unknown, naming: DatabaseNaming = {}): Error {
    if (error instanceof AppError) return error;
    const found = translateDatabaseError(error, naming);
    if (found) return new AppError(found.code, found.details, { cause: error });
    return error instanceof Error
      ? error
      : new Error("something that is no error was thrown", { cause: error });
  }

  /** Turns refused input into `input.invalid` with one issue a field. */
  static fromValidation(error: { readonly issues: readonly ValidationIssue[] }): AppError {
    return new AppError("input.invalid", {}, { issues: describeIssues(error.issues) });
  }

  /**
   * Refuses one field for a reason that only the server can know.
   *
   * @param pointer JSON pointer, for example `/rut`
   * @param key message key within `fields`, for example `customers.rutTaken`
   */
  static forField(code: ErrorCode, pointer: string, key: string): AppError {
    return new AppError(code, {}, { issues: [{ pointer, code: key, key, values: {} }] });
  }
}
