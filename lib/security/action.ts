import "server-only";
import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { type ActionResult, AppError, toProblem } from "@/lib/errors";
import { getPlainTranslator } from "@/lib/i18n";
import { log, requestIdOf } from "@/lib/log";
import type { Feature } from "./features";
import { formInput } from "./form-input";
import { demandMember, demandPlatform, type Member, type PlatformStaff } from "./member";
import type { Permission } from "./permissions";

/** A server action for `useActionState`: gets the form (or an object), answers data or a translated problem. */
export type FormAction<T> = (previous: unknown, input: FormData | object) => Promise<ActionResult<T>>;

interface MemberOptions {
  readonly permission?: Permission;
  /** Billing works in suspended shops too. */
  readonly suspended?: "allowed";
  /** What the tier must include. */
  readonly feature?: Feature;
}

/** An action of a member: who, then what, then the verb. */
export function memberAction<S extends z.ZodType, T>(
  schema: S,
  act: (member: Member, input: z.output<S>) => Promise<T>,
  { permission, ...options }: MemberOptions = {},
): FormAction<T> {
  return (_previous, input) =>
    answer(async () => {
      const member = await demandMember(permission, options);
      return act(member, parse(schema, input));
    });
}

/** An action of platform staff, in a session that has stepped up. */
export function platformAction<S extends z.ZodType, T>(
  schema: S,
  act: (staff: PlatformStaff, input: z.output<S>) => Promise<T>,
): FormAction<T> {
  return (_previous, input) => answer(async () => act(await demandPlatform(), parse(schema, input)));
}

/** An action that anybody may send; it declares its own limits. */
export function publicAction<S extends z.ZodType, T>(
  schema: S,
  act: (input: z.output<S>) => Promise<T>,
): FormAction<T> {
  return (_previous, input) => answer(async () => act(parse(schema, input)));
}

function parse<S extends z.ZodType>(schema: S, input: FormData | object): z.output<S> {
  const parsed = schema.safeParse(input instanceof FormData ? formInput(input) : input);
  if (!parsed.success) throw AppError.fromValidation(parsed.error);
  return parsed.data;
}

async function answer<T>(act: () => Promise<T>): Promise<ActionResult<T>> {
  try {
    return { ok: true, data: await act() };
  } catch (error) {
    unstable_rethrow(error); // redirects and "not found" are how the framework goes on
    const requestId = requestIdOf(await headers());
    const problem = toProblem(error, { requestId, t: await getPlainTranslator() });
    if (problem.status >= 500) log.error({ err: error, requestId, code: problem.code }, "an action failed");
    return { ok: false, problem };
  }
}
