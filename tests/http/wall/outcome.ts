import type { Problem } from "@/lib/errors";

/** What somebody got who knocked at an entrance, in a form in which two answers can be compared. */
export interface Outcome {
  readonly status: number;
  /** Code of the problem; empty for an answer. */
  readonly code: string;
  /** All that can be read of it, without the id of the request. */
  readonly text: string;
  /** What is wrong with the answer as such. */
  readonly faults: readonly string[];
}

/** The answer of a route. */
export async function outcomeOfResponse(response: Response): Promise<Outcome> {
  const text = await response.text();
  const location = response.headers.get("location") ?? "";
  if (response.status < 400)
    return { status: response.status, code: "", text: location + text, faults: keepingFaults(response) };
  const type = response.headers.get("content-type") ?? "";
  if (!type.startsWith("application/problem+json"))
    return { status: response.status, code: "", text, faults: [`answers ${response.status} as ${type}`] };
  const outcome = outcomeOfProblem(parsed(text));
  return { ...outcome, faults: [...outcome.faults, ...keepingFaults(response)] };
}

/** What a server action answered, or where it sent the browser. */
export async function outcomeOfAction(answer: () => unknown): Promise<Outcome> {
  try {
    const data = await answer();
    if (isRefusal(data)) return outcomeOfProblem(data.problem);
    return { status: 200, code: "", text: JSON.stringify(data) ?? "", faults: [] };
  } catch (error) {
    return outcomeOfThrown(error);
  }
}

function outcomeOfThrown(error: unknown): Outcome {
  const { digest = "", code = "", status = 500, message } = error as Partial<Record<string, string>> & Error;
  if (digest.startsWith("NEXT_REDIRECT"))
    return { status: 303, code: "", text: digest.split(";")[2] ?? "", faults: [] };
  if (digest.startsWith("NEXT_HTTP_ERROR_FALLBACK;404"))
    return { status: 404, code: "not_found", text: "", faults: [] };
  // An action without a form throws its refusal; the framework shows the browser a number instead of its text.
  if (code) return { status: Number(status), code, text: code, faults: [] };
  return { status: 500, code: "", text: message, faults: [`throws ${message}`] };
}

function outcomeOfProblem(problem: Partial<Problem>): Outcome {
  const { instance, ...rest } = problem;
  const text = JSON.stringify(rest);
  const missing = (["type", "title", "status", "detail", "code"] as const).filter((name) => !rest[name]);
  const faults = missing.map((name) => `the problem has no ${name}`);
  if (!instance) faults.push("the problem has no instance");
  if (INNER.test(text)) faults.push(`the problem tells of the inside: ${text}`);
  return { status: rest.status ?? 0, code: rest.code ?? "", text, faults };
}

/** SQL, stacks, schemas, constraints, paths: nothing that a stranger should learn from a refusal. */
const INNER =
  /\b(select|insert into|delete from|update \w+ set)\b|\b(public|private|auth|pg_\w+)\.\w+|\bat \w+.*:\d+|node_modules|\.tsx?\b|_fkey|_pkey|\brelation\b|\bconstraint\b|\b(admin_users|stock_levels|stock_movements|cash_sessions|parked_sales|platform_admins|webhook_events)\b/i;

/** What a shop sees is kept by no cache that others share. */
function keepingFaults(response: Response): string[] {
  const kept = response.headers.get("cache-control") ?? "";
  return /no-store|private/.test(kept) ? [] : [`may be kept by anybody: cache-control is "${kept}"`];
}

function parsed(text: string): Partial<Problem> {
  return JSON.parse(text) as Partial<Problem>;
}

function isRefusal(data: unknown): data is { ok: false; problem: Problem } {
  return typeof data === "object" && data !== null && "ok" in data && data.ok === false;
}
