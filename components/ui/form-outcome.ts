import { unstable_isUnrecognizedActionError, unstable_rethrow } from "next/navigation";
import type { SendFailure } from "./form-context";
import type { ActionResult, Problem } from "./problem";

/** A server action as `memberAction` makes it; it does not read what came before. */
export type FormAction<T> = (previous: unknown, data: FormData) => Promise<ActionResult<T>>;

/** No answer came: we know why, not whether the server did it. */
interface Unanswered {
  readonly ok: false;
  readonly failure: SendFailure;
}

export type Outcome<T> = ActionResult<T> | Unanswered;

interface Refusal {
  readonly ok: false;
  readonly problem?: Problem;
  readonly failure?: SendFailure;
}

/** Whether the last attempt was refused or got lost. */
export function isRefusal(outcome: Outcome<unknown> | null): outcome is Outcome<unknown> & Refusal {
  return outcome?.ok === false;
}

/** Runs the action; a lost connection becomes a value, so that the page and what was typed stay. */
export async function sendAction<T>(
  action: FormAction<T>,
  previous: Outcome<T> | null,
  data: FormData,
): Promise<Outcome<T>> {
  return orUnanswered(() => action(previous && "failure" in previous ? null : previous, data));
}

/** What comes of a call to the server; a connection that is lost is a value. */
export async function orUnanswered<T>(call: () => Promise<T>): Promise<T | Unanswered> {
  try {
    return await call();
  } catch (error) {
    unstable_rethrow(error); // a redirect of the action is no failure
    return { ok: false, failure: failureOf(error) };
  }
}

/** Whether an action without values, which may answer nothing at all, was refused or got lost. */
export function isUndone(answer: unknown): answer is Refusal {
  return typeof answer === "object" && answer !== null && "ok" in answer && answer.ok === false;
}

function failureOf(error: unknown): SendFailure {
  if (unstable_isUnrecognizedActionError(error)) return "stale";
  return error instanceof TypeError || isOffline() ? "offline" : "unknown";
}

function isOffline(): boolean {
  return "onLine" in navigator && !navigator.onLine;
}

/** Sentences by field name: pointer `/lines/0/quantity` belongs to the field `lines.0.quantity`. */
export function fieldErrors(
  problem: Problem | null,
  settled: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const errors = new Map<string, string>();
  for (const { pointer, detail } of problem?.errors ?? []) {
    const name = fieldName(pointer);
    if (name && !errors.has(name) && !settled.has(name)) errors.set(name, detail);
  }
  return errors;
}

/** The field that a JSON pointer (RFC 6901) means; empty for the whole form. */
export function fieldName(pointer: string): string {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .join(".");
}
