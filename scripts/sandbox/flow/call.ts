import type { Store } from "../store";
import type { FlowState } from "./orders";

/** An error as Flow words it. Codes without a published sample (signature, keys) are ours. */
export class FlowError extends Error {
  constructor(
    readonly status: 400 | 401,
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** One call of the API, its key and signature already checked. */
export interface Call {
  readonly parameters: URLSearchParams;
  readonly store: Store<FlowState>;
  readonly origin: string;
  /** The time at Flow. */
  readonly now: Date;
  /** Bills what has come due, as after each move of the clock. */
  bill(): void;
}

export interface Operation {
  readonly method: "GET" | "POST";
  run(call: Call): unknown;
}

export const MIN_CLP = 350;

/** The values of parameters that must be there. */
export function required<Names extends string[]>(
  parameters: URLSearchParams,
  ...names: Names
): { [Index in keyof Names]: string } {
  const values = names.map((name) => {
    const value = parameters.get(name);
    if (value === null || value === "") throw new FlowError(400, 101, `The parameter ${name} is required`);
    return value;
  });
  return values as { [Index in keyof Names]: string };
}

/** The parameter `amount` in whole pesos. */
export function pesos(parameters: URLSearchParams): number {
  const [amount] = required(parameters, "amount");
  if (!/^\d{1,12}$/.test(amount)) throw new FlowError(400, 102, "The amount in CLP must be an integer");
  return Number(amount);
}

/** A page of a list, as all of Flow's lists are cut. */
export function pageOf<Entry>(parameters: URLSearchParams, entries: readonly Entry[]) {
  const start = Number(parameters.get("start") ?? 0);
  const limit = Math.min(Number(parameters.get("limit") ?? 10), 100);
  return {
    total: entries.length,
    hasMore: entries.length > start + limit ? 1 : 0,
    data: entries.slice(start, start + limit),
  };
}
