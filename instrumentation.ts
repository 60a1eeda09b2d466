import { checkStart } from "@/lib/env/check-start";

/**
 * Runs once when a server starts, before its first request, and never in a build: refuses a wrong configuration;
 * what a person set in the console counts from then on.
 */
export async function register(): Promise<void> {
  await checkStart();
  const { followGatewaySettings } = await import("@/lib/wiring/gateways");
  await followGatewaySettings();
}
