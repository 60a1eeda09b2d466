import { randomBytes } from "node:crypto";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readJson } from "./data-directory";

const hex = () => randomBytes(18).toString("hex");
const key = () => randomBytes(32).toString("base64");
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const base32 = (length: number) => Array.from(randomBytes(length), (byte) => BASE32[byte % 32]).join("");

/** How each secret of an installation is made. */
const makers = {
  postgresPassword: hex,
  ownerPassword: hex,
  authPassword: hex,
  appPassword: hex,
  jwtSecret: () => randomBytes(32).toString("hex"),
  publishableKey: () => `sb_publishable_${randomBytes(16).toString("base64url")}`,
  encryptionKey: key,
  backupKey: key,
  metricsToken: hex,
  flowApiKey: hex,
  flowSecretKey: hex,
  // The prefix is Mercado Pago's own for credentials that move no money.
  mercadopagoAccessToken: () => `TEST-${hex()}`,
  mercadopagoWebhookSecret: hex,
  paypalClientId: hex,
  paypalClientSecret: hex,
  paypalWebhookId: () => `WH-${randomBytes(9).toString("hex").toUpperCase()}`,
  nowpaymentsApiKey: hex,
  nowpaymentsIpnSecret: hex,
  nowpaymentsPassword: hex,
  demoPassword: () => `optica-${base32(8).toLowerCase()}`,
  // 160 bits, as RFC 4226 advises.
  demoTotpSecret: () => base32(32),
};

export type Secrets = Record<keyof typeof makers, string>;

/** The secrets of an installation: made once, kept where only this user can read them. */
export function secretsOf(dataDirectory: string): Secrets {
  const file = join(dataDirectory, "secrets.json");
  const kept = readJson<Partial<Secrets>>(file) ?? {};
  const made = Object.entries(makers).map(([name, make]) => [name, kept[name as keyof Secrets] ?? make()]);
  const secrets = Object.fromEntries(made) as Secrets;
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
  return secrets;
}
