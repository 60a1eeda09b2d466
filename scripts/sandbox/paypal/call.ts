import type { SandboxRequest } from "../http";
import type { Store } from "../store";
import type { Events } from "./events";
import type { PaypalState } from "./state";

/** One call of the API, with everything that it may need. */
export interface Call {
  readonly request: SandboxRequest;
  /** The variable parts of the path. */
  readonly ids: readonly string[];
  readonly body: Record<string, unknown>;
  readonly store: Store<PaypalState>;
  readonly origin: string;
  readonly now: () => Date;
  readonly events: Events;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });

/** A member of a JSON object as an object; empty where it is none. */
export function part(value: unknown, name: string): Record<string, unknown> {
  const found: unknown = isObject(value) ? value[name] : undefined;
  return isObject(found) ? found : {};
}

/** A member of a JSON object as text, or null. */
export function text(value: Record<string, unknown>, name: string): string | null {
  const found = value[name];
  return typeof found === "string" && found !== "" ? found : null;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
