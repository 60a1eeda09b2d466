import "server-only";
import { createHash, randomInt } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import { type Vault, vault } from "./encryption";

/** Seconds for which a code stands (RFC 6238). */
const PERIOD_SECONDS = 30;
/** Steps before and after now that are accepted: clocks differ, and people type slowly. */
const TOLERANCE_STEPS = 1;
const SECRET_BYTES = 20; // 160 bits, as RFC 4226 advises

/** A second factor as the database keeps it. */
export interface SealedFactor {
  readonly encrypted: string;
  /** Lets the database demand proof that a caller could decrypt the secret. */
  readonly digest: Buffer;
}

/** A new secret, base32. */
export function newSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** Encrypts a secret so that only this person's row opens it. */
export function sealFactor(userId: string, secret: string, under: Vault = vault()): SealedFactor {
  return {
    encrypted: under.encrypt(secret, userId),
    digest: createHash("sha256").update(secretBytes(secret)).digest(),
  };
}

/** The secret of a sealed factor. @throws Error when it is not this person's, or under another key */
export function openFactor(userId: string, encrypted: string, under: Vault = vault()): string {
  return under.decrypt(encrypted, userId);
}

/** The raw bytes of a base32 secret: what the database takes as proof. */
export function secretBytes(secret: string): Buffer {
  return Buffer.from(Secret.fromBase32(secret).bytes);
}

/** The address that an authenticator reads from the QR code. */
export function enrolmentUri(secret: string, email: string): string {
  return totp(secret, email).toString();
}

/**
 * The time step of which a code is the right one, one step before or after now included.
 *
 * @param now milliseconds
 * @returns null for a wrong code
 */
export function matchingStep(secret: string, code: string, now = Date.now()): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const delta = totp(secret).validate({ token: code, timestamp: now, window: TOLERANCE_STEPS });
  return delta === null ? null : Math.floor(now / 1000 / PERIOD_SECONDS) + delta;
}

function totp(secret: string, label = "Opttius"): TOTP {
  return new TOTP({ issuer: "Opttius", label, algorithm: "SHA1", digits: 6, period: PERIOD_SECONDS, secret });
}

/** Letters and digits that nobody confuses (Crockford's base 32). */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODES = 10;
const CODE_LENGTH = 10; // 50 bits, behind a keyed digest and a limit of attempts

/** Ten codes for a lost telephone, as they are shown: `7K2QF-9XW4M`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: CODES }, () => {
    const letters = Array.from({ length: CODE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]);
    return `${letters.slice(0, 5).join("")}-${letters.slice(5).join("")}`;
  });
}

/** The digest under which a recovery code is kept and looked up, however it is written. */
export function recoveryCodeDigest(userId: string, code: string, under: Vault = vault()): Buffer {
  const written = code.toUpperCase().replaceAll(/[\s-]/g, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  return under.digest(written, `recovery-code:${userId}`);
}
