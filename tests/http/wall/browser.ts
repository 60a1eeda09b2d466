import type { RouteHandler } from "@/lib/security/route";

/** The address of the application in tests. */
export const APP_URL = "http://127.0.0.1:3000";

/** A function that a route file exports under the name of a method. */
export function isRoute(value: unknown): value is RouteHandler {
  return typeof value === "function";
}

/** A function of a `"use server"` file. */
export function isAction(value: unknown): value is (...values: unknown[]) => unknown {
  return typeof value === "function";
}
