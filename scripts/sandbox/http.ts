import type { IncomingMessage } from "node:http";

/** A request as the gateways' stand-ins see it. */
export interface SandboxRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const MAX_BODY_BYTES = 1_000_000;

export async function readRequest(request: IncomingMessage, origin: string): Promise<SandboxRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const part = Buffer.from(chunk as Uint8Array);
    size += part.length;
    if (size > MAX_BODY_BYTES) throw new Error("the request is too large");
    chunks.push(part);
  }
  return {
    method: request.method ?? "GET",
    url: new URL(request.url ?? "/", origin),
    headers: request.headers,
    body: Buffer.concat(chunks).toString("utf8"),
  };
}

export function json(status: number, value: unknown): Reply {
  return { status, type: "application/json", body: JSON.stringify(value) };
}

export function html(status: number, body: string): Reply {
  return { status, type: "text/html; charset=utf-8", body };
}

export function redirect(location: string): Reply {
  return { status: 303, type: "text/plain", body: "", headers: { location } };
}

/** The body of a control call, as an object. */
export function jsonBody(request: SandboxRequest): Record<string, unknown> {
  if (request.body === "") return {};
  const value: unknown = JSON.parse(request.body);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Error("the body must be a JSON object");
  return { ...value };
}

/** A field of a control call as text. */
export function textOr(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}

export function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
