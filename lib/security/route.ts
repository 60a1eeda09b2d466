import "server-only";
import { unstable_rethrow } from "next/navigation";
import type { NextRequest } from "next/server";
import type { z } from "zod";
import { AppError, problemHeaders, toProblem } from "@/lib/errors";
import { languageIn } from "@/lib/i18n/locale";
import { translatorFor } from "@/lib/i18n/translator";
import { log, requestIdOf } from "@/lib/log";
import { demandMember, demandPlatform, type Member, type PlatformStaff } from "./member";
import { requireSameOrigin } from "./origin";
import type { Permission } from "./permissions";
import { type Caller, callerOf } from "./session";

/** What a handler answers: JSON with a status, or a whole response (a file, a redirect). */
export type Answer =
  | Response
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body: unknown };

type Params = Record<string, string>;
interface RouteContext {
  readonly params: Promise<Params>;
}
/** A route handler as Next wants it. */
export type RouteHandler = (request: NextRequest, context: RouteContext) => Promise<Response>;
type Handle<Who> = (who: Who, request: NextRequest, params: Params) => Promise<Answer>;

const MOST_BODY_BYTES = 1_048_576;

/** A route for whoever has a valid session; permissions are asked by the database functions that it calls. */
export function callerRoute(handle: Handle<Caller>): RouteHandler {
  return route(async (request, params) => {
    requireSameOrigin(request);
    const caller = await callerOf((name) => request.cookies.get(name)?.value);
    if (!caller) throw new AppError("access.unauthenticated");
    return handle(caller, request, params);
  });
}

/** A route for a member of an organization that is not suspended. */
export function memberRoute(
  handle: Handle<Member>,
  permission?: Permission,
  options: { suspended?: "allowed" } = {},
): RouteHandler {
  return route(async (request, params) => {
    requireSameOrigin(request);
    return handle(await demandMember(permission, options), request, params);
  });
}

/** A route for platform staff in a session that has stepped up. */
export function platformRoute(handle: Handle<PlatformStaff>): RouteHandler {
  return route(async (request, params) => {
    requireSameOrigin(request);
    return handle(await demandPlatform(), request, params);
  });
}

/** A route without a session: webhooks, probes. It proves its caller in its own way. */
export function publicRoute(handle: (request: NextRequest, params: Params) => Promise<Answer>): RouteHandler {
  return route(handle);
}

function route(handle: (request: NextRequest, params: Params) => Promise<Answer>): RouteHandler {
  return async (request, context) => {
    try {
      const answer = await handle(request, await context.params);
      if (answer instanceof Response) return answer;
      const headers = { "cache-control": "no-store", ...answer.headers };
      return Response.json(answer.body, { status: answer.status ?? 200, headers });
    } catch (error) {
      unstable_rethrow(error);
      return problemResponse(error, request);
    }
  };
}

/** The problem+json of an error, in the language of the request. */
function problemResponse(error: unknown, request: NextRequest): Response {
  const requestId = requestIdOf(request.headers);
  const problem = toProblem(error, { requestId, t: translatorFor(languageIn(request.cookies)) });
  if (problem.status >= 500) log.error({ err: error, requestId, code: problem.code }, "a request failed");
  return Response.json(problem, { status: problem.status, headers: problemHeaders(problem) });
}

/**
 * The JSON of a request, as its schema reads it.
 *
 * @throws AppError `payload.too_large`, `input.malformed`, `input.invalid` with the fields
 */
export async function jsonBody<S extends z.ZodType>(request: Request, schema: S): Promise<z.output<S>> {
  const parsed = schema.safeParse(parseJson(await limitedText(request, MOST_BODY_BYTES)));
  if (!parsed.success) throw AppError.fromValidation(parsed.error);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("input.malformed", {}, { cause });
  }
}

/**
 * The bytes of a request, counted while they arrive: a length header may lie.
 *
 * @throws AppError `payload.too_large`
 */
export async function limitedBytes(request: Request, most: number): Promise<Buffer> {
  if (Number(request.headers.get("content-length") ?? 0) > most) throw new AppError("payload.too_large");
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length > most) throw new AppError("payload.too_large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function limitedText(request: Request, most: number): Promise<string> {
  return (await limitedBytes(request, most)).toString("utf8");
}

/** The key under which a request may be sent again. @throws AppError `idempotency.key_required` */
export function idempotencyKey(request: Request): string {
  const key = request.headers.get("idempotency-key") ?? "";
  if (!/^[\x21-\x7e]{8,80}$/.test(key)) throw new AppError("idempotency.key_required");
  return key;
}
