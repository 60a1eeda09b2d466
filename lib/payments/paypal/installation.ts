/** Which PayPal an address is: the real one, PayPal's own sandbox, or somebody's simulator of it. */
export type Installation = "production" | "sandbox" | "simulator";

/** @param apiUrl `PAYPAL_API_URL` */
export function installationOf(apiUrl: string): Installation {
  const { hostname } = new URL(apiUrl);
  if (!isPaypalHost(hostname)) return "simulator";
  return /(^|\.)sandbox\.paypal\.com$/.test(hostname) ? "sandbox" : "production";
}

/** `paypal.com` and what is below it; not `notpaypal.com`, not `paypal.com.example`. */
export function isPaypalHost(hostname: string): boolean {
  return hostname === "paypal.com" || hostname.endsWith(".paypal.com");
}
