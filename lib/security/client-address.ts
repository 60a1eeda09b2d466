import "server-only";
import { isIP } from "node:net";
import { env } from "@/lib/env";

/** The key of callers whose address cannot be known: all of them share one limit. */
export const UNKNOWN_ADDRESS = "unknown";

/**
 * The address by which a caller is limited.
 *
 * Each trusted proxy appends the address that it saw to `X-Forwarded-For`, so the n-th entry from the
 * right is true and everything left of it is whatever the caller wrote. Other headers (`Forwarded`,
 * `X-Real-IP`, `CF-Connecting-IP`) are never read. Without a trusted proxy nothing can be believed.
 *
 * @param hops how many proxies of ours stand before the application (`TRUSTED_PROXY_HOPS`)
 * @returns an IPv4 address; the /64 of an IPv6 address, because one subscriber owns all of it;
 *   or `unknown`
 */
export function clientAddress(headers: Pick<Headers, "get">, hops: number = env.TRUSTED_PROXY_HOPS): string {
  if (hops === 0) return UNKNOWN_ADDRESS;
  const seen = (headers.get("x-forwarded-for") ?? "").split(",").map((entry) => entry.trim());
  const entry = seen[Math.max(0, seen.length - hops)] ?? "";
  return keyOf(withoutPort(entry));
}

function withoutPort(entry: string): string {
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(entry)?.[1];
  return bracketed ?? entry.replace(/^([\d.]+):\d+$/, "$1");
}

function keyOf(address: string): string {
  const plain = address.replace(/%.*$/, ""); // zone of a link-local address
  switch (isIP(plain)) {
    case 4:
      return plain;
    case 6:
      return keyOfIpv6(plain);
    default:
      return UNKNOWN_ADDRESS;
  }
}

function keyOfIpv6(address: string): string {
  const groups = expand(address);
  const isMappedIpv4 = groups.slice(0, 5).every((group) => group === "0") && groups[5] === "ffff";
  if (isMappedIpv4) return ipv4Of(groups[6] ?? "0", groups[7] ?? "0");
  return `${groups.slice(0, 4).join(":")}::/64`;
}

/** The eight groups of an IPv6 address, without leading zeros. */
function expand(address: string): string[] {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1); // writes ::ffff:1.2.3.4 in hex
  const [head = "", tail = ""] = canonical.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === "" ? [] : tail.split(":");
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return [...before, ...zeros, ...after];
}

function ipv4Of(high: string, low: string): string {
  return [high, low]
    .map((group) => Number.parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 255])
    .join(".");
}
