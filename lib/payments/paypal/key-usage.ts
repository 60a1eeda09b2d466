import type { X509Certificate } from "node:crypto";

/** The extension keyUsage (2.5.29.15), as its object identifier stands in a certificate. */
const KEY_USAGE = Buffer.from("0603551d0f", "hex");
const BIT_STRING = 0x03;
const DIGITAL_SIGNATURE = 0x80;

/**
 * Whether a certificate's key may make signatures (RFC 5280, 4.2.1.3); one that does not say may. Node tells only
 * the extended usages, so the extension's bits are read here: identifier, perhaps `critical`, then an octet
 * string with a bit string in it, whose first bit is digitalSignature.
 */
export function maySign(certificate: X509Certificate): boolean {
  const { raw } = certificate;
  const at = raw.indexOf(KEY_USAGE);
  if (at === -1) return true;
  const extension = raw.subarray(at + KEY_USAGE.length, at + KEY_USAGE.length + 12);
  const critical = extension[0] === 0x01 ? 3 : 0;
  const [octets, , bits, , , usage] = extension.subarray(critical);
  return octets === 0x04 && bits === BIT_STRING && ((usage ?? 0) & DIGITAL_SIGNATURE) !== 0;
}
