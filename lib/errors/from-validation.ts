/** A refused field: where, why, and the key of its sentence within the messages `fields`. */
export interface FieldIssue {
  /** JSON pointer into the input (RFC 6901), for example `/lines/0/quantity`. */
  readonly pointer: string;
  readonly code: string;
  readonly key: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** The part of a Zod 4 issue that is read here. */
export interface ValidationIssue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly origin?: unknown;
  readonly format?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly divisor?: unknown;
  readonly expected?: unknown;
  readonly keys?: readonly string[];
  readonly params?: Readonly<Record<string, unknown>> | undefined;
}

/** A message written in a schema (`error: "customers.rutInvalid"`) is a key, not a sentence. */
const MESSAGE_KEY = /^[a-z][A-Za-z0-9]*(\.[A-Za-z0-9_]+)+$/;

/** Formats with a sentence of their own; the others read "has no valid form". */
const NAMED_FORMATS = new Set(["email", "url", "uuid", "date", "datetime", "time", "regex"]);

/** Turns the issues of a schema into refused fields; several issues of one field all stay. */
export function describeIssues(issues: readonly ValidationIssue[]): FieldIssue[] {
  return issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" ? unknownFields(issue) : [describe(issue)],
  );
}

/** Writes a path as a JSON pointer (RFC 6901). */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

function describe(issue: ValidationIssue): FieldIssue {
  const own = MESSAGE_KEY.test(issue.message);
  const key = own ? issue.message : keyOf(issue);
  return { pointer: pointerOf(issue.path), code: key, key, values: valuesOf(issue) };
}

function unknownFields(issue: ValidationIssue): FieldIssue[] {
  return (issue.keys ?? []).map((key) => ({
    pointer: pointerOf([...issue.path, key]),
    code: "unknown",
    key: "unknown",
    values: {},
  }));
}

function keyOf(issue: ValidationIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return missing(issue) ? "required" : `type.${sortOf(issue.expected)}`;
    case "too_small":
      return issue.origin === "string" && issue.minimum === 1
        ? "required"
        : `tooSmall.${sizeOf(issue.origin)}`;
    case "too_big":
      return `tooBig.${sizeOf(issue.origin)}`;
    case "not_multiple_of":
      return "multipleOf";
    case "invalid_value":
      return "choice";
    case "invalid_format":
      return `format.${formatOf(issue.format)}`;
    default:
      return "invalid";
  }
}

/** Zod keeps the input out of its issues; that nothing was given stands only in its own message. */
function missing(issue: ValidationIssue): boolean {
  return /received (undefined|null|NaN)$/.test(issue.message);
}

function sortOf(expected: unknown): string {
  return expected === "number" || expected === "int" || expected === "bigint" ? "number" : "other";
}

function sizeOf(origin: unknown): string {
  switch (origin) {
    case "string":
      return "string";
    case "array":
    case "set":
    case "map":
      return "list";
    case "file":
      return "file";
    case "date":
      return "date";
    default:
      return "number";
  }
}

function formatOf(format: unknown): string {
  return typeof format === "string" && NAMED_FORMATS.has(format) ? format : "other";
}

function valuesOf(issue: ValidationIssue): Record<string, string | number> {
  const { minimum, maximum, divisor } = issue;
  const values: Record<string, string | number> = {};
  for (const [name, value] of Object.entries({ minimum, maximum, divisor, ...issue.params })) {
    if (typeof value === "number" || typeof value === "string") values[name] = value;
    if (typeof value === "bigint") values[name] = Number(value);
  }
  return values;
}
