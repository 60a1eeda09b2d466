import { checkStart } from "@/lib/env/check-start";

/**
 * Runs once when a server starts, before its first request, and never in a build: refuses a wrong configuration;
 * what a person set in the console counts from then on.
 */
export async function register(): Promise<void> {
  await checkStart();
  // Written out here so that the framework drops the rest from what it makes for the edge, where nothing of ours runs.
  if (process.env.NEXT_RUNTIME !== "edge") {
    const { followGatewaySettings } = await import("@/lib/wiring/gateways");
    await followGatewaySettings();
  }
}
