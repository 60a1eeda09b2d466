/** Runs once before the first request: what a person set in the console counts from then on. */
export async function register(): Promise<void> {
  const { followGatewaySettings } = await import("@/lib/wiring/gateways");
  await followGatewaySettings();
}
