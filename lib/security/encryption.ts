import "server-only";
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { env } from "@/lib/env";

/** Keeps secrets from whoever reads the database or a cookie. */
export interface Vault {
  /**
   * Encrypts a text with AES-256-GCM under a fresh nonce.
   *
   * @param context whose secret it is and what for, for example a user's id; it must be named again to decrypt
   * @returns `v1.<key id>.<nonce>.<ciphertext and tag>`
   */
  encrypt(text: string, context: string): string;
  /** @throws Error when it was changed, moved to another context, or encrypted under another key */
  decrypt(sealed: string, context: string): string;
  /** A keyed digest of a short code: without the key, guessing it from the database is hopeless. */
  digest(code: string, context: string): Buffer;
}

const FORMAT = "v1";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A vault under one key of 32 bytes in base64 (`APP_ENCRYPTION_KEY`). */
export function createVault(keyBase64: string): Vault {
  const key = Buffer.from(keyBase64, "base64");
  const digestKey = Buffer.from(hkdfSync("sha256", key, "", "opttius code digests", 32));
  // Tells after a change of keys which one a value needs, and nothing about the key itself.
  const keyId = createHash("sha256").update("opttius key id").update(key).digest("hex").slice(0, 8);

  return {
    encrypt(text, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context));
      const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
      return [FORMAT, keyId, nonce.toString("base64url"), sealed.toString("base64url")].join(".");
    },
    decrypt(sealed, context) {
      const [format, id, nonce, data] = sealed.split(".");
      if (format !== FORMAT || !nonce || !data) throw new Error("this is no encrypted value");
      if (id !== keyId) throw new Error("the value was encrypted under another key");
      const bytes = Buffer.from(data, "base64url");
      if (bytes.length < TAG_BYTES) throw new Error("the encrypted value is cut short");
      const options = { authTagLength: TAG_BYTES };
      const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64url"), options)
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(-TAG_BYTES));
      // `final` is what checks the tag: nothing may be believed before it.
      return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]).toString(
        "utf8",
      );
    },
    digest: (code, context) => createHmac("sha256", digestKey).update(`${context}\0${code}`).digest(),
  };
}

let application: Vault | undefined;

/** The vault of this installation, under `APP_ENCRYPTION_KEY`. */
export function vault(): Vault {
  application ??= createVault(env.APP_ENCRYPTION_KEY);
  return application;
}
