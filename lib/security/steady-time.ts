import { setTimeout as sleep } from "node:timers/promises";

/**
 * Does something and answers no sooner than after a given time, whether it succeeds or fails: a clock must
 * not tell a known address from an unknown one.
 */
export async function inSteadyTime<T>(atLeastMs: number, work: () => Promise<T>): Promise<T> {
  const [result] = await Promise.allSettled([work(), sleep(atLeastMs)]);
  if (result.status === "rejected") throw result.reason;
  return result.value;
}
