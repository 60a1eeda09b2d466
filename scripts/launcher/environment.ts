import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { variableNames } from "@/lib/env/read-env";
import { StartError } from "../services/start-error";
import type { Secrets } from "./secrets";

/** Ports of the embedded services on 127.0.0.1. */
export type Ports = {
  app: number;
  postgres: number;
  auth: number;
  mail: number;
  smtp: number;
  sandbox: number;
};
export type Environment = Record<string, string>;

/** The name of the demo's database. */
export const DATABASE = "opttius";

/** Variables that are ours but not the application's; what the person set wins for these too. */
const launcherVariables = ["MAIL_URL", "SANDBOX_URL", "DEMO_PASSWORD", "DEMO_TOTP_SECRET"];

/**
 * The environment of the application: our services, unless the person who starts it named others.
 *
 * @param own what the person set (`process.env`); wins over ours, an empty text included
 */
export function applicationEnvironment(
  dataDirectory: string,
  ports: Ports,
  secrets: Secrets,
  own: Readonly<Record<string, string | undefined>>,
): Environment {
  const local = (port: number) => `http://127.0.0.1:${port}`;
  const database = (role: string, password: string) =>
    `postgresql://${role}:${password}@127.0.0.1:${ports.postgres}/${DATABASE}`;
  const ours: Environment = {
    PORT: String(ports.app),
    APP_URL: local(ports.app),
    DATABASE_URL: database("opttius_owner", secrets.ownerPassword),
    APP_DATABASE_URL: database("app_login", secrets.appPassword),
    SUPABASE_URL: local(ports.auth),
    SUPABASE_PUBLISHABLE_KEY: secrets.publishableKey,
    SUPABASE_JWT_SECRET: secrets.jwtSecret,
    APP_ENCRYPTION_KEY: secrets.encryptionKey,
    BACKUP_ENCRYPTION_KEY: secrets.backupKey,
    STORAGE_URL: pathToFileURL(join(dataDirectory, "storage")).href,
    SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
    ALERT_EMAIL_TO: "alerts@opttius.test",
    METRICS_TOKEN: secrets.metricsToken,
    FLOW_API_URL: `${local(ports.sandbox)}/flow/api`,
    FLOW_API_KEY: secrets.flowApiKey,
    FLOW_SECRET_KEY: secrets.flowSecretKey,
    MERCADOPAGO_API_URL: `${local(ports.sandbox)}/mercadopago`,
    MERCADOPAGO_ACCESS_TOKEN: secrets.mercadopagoAccessToken,
    MERCADOPAGO_WEBHOOK_SECRET: secrets.mercadopagoWebhookSecret,
    PAYPAL_API_URL: `${local(ports.sandbox)}/paypal`,
    PAYPAL_CLIENT_ID: secrets.paypalClientId,
    PAYPAL_CLIENT_SECRET: secrets.paypalClientSecret,
    PAYPAL_WEBHOOK_ID: secrets.paypalWebhookId,
    NOWPAYMENTS_API_URL: `${local(ports.sandbox)}/nowpayments/v1`,
    NOWPAYMENTS_API_KEY: secrets.nowpaymentsApiKey,
    NOWPAYMENTS_IPN_SECRET: secrets.nowpaymentsIpnSecret,
    NOWPAYMENTS_EMAIL: "payments@opttius.test",
    NOWPAYMENTS_PASSWORD: secrets.nowpaymentsPassword,
    MAIL_URL: local(ports.mail),
    SANDBOX_URL: local(ports.sandbox),
    DEMO_PASSWORD: secrets.demoPassword,
    DEMO_TOTP_SECRET: secrets.demoTotpSecret,
  };
  for (const name of [...variableNames(), ...launcherVariables]) {
    const value = own[name];
    if (value !== undefined && name !== "NODE_ENV") ours[name] = value;
  }
  return ours;
}

/** Whether the person brought a database and an auth server; one without the other cannot work. */
export function bringsOwnDatabase(own: Readonly<Record<string, string | undefined>>): boolean {
  const names = ["DATABASE_URL", "APP_DATABASE_URL", "SUPABASE_URL", "SUPABASE_PUBLISHABLE_KEY"];
  const missing = names.filter((name) => !own[name]);
  if (missing.length === names.length) return false;
  if (missing.length === 0) return true;
  throw new StartError(
    `${names.join(", ")} belong together: set all of them or none (missing: ${missing.join(", ")}).`,
  );
}

/** Whether a database is this machine's own, and no installation's that people work with. */
export function isLocal(databaseUrl: string): boolean {
  return ["127.0.0.1", "localhost", "[::1]"].includes(new URL(databaseUrl).hostname);
}

/**
 * Whether the demo's shops belong into the database. Into one that is not this machine's own they are written only when
 * the person says so (`-- --seed`): it may be an installation where people work.
 *
 * @param own what the person set (`process.env`)
 * @throws StartError when the worker would take the mails of such a database into the mail catcher here
 */
export function wantsDemoData(
  own: Readonly<Record<string, string | undefined>>,
  flags: readonly string[],
): boolean {
  const databaseUrl = own["DATABASE_URL"];
  if (!databaseUrl || isLocal(databaseUrl)) return true;
  if (!own["SMTP_URL"])
    throw new StartError(
      `The mails of ${new URL(databaseUrl).host} would end in the mail catcher of this machine; set SMTP_URL to where they belong.`,
    );
  return flags.includes("--seed");
}

/** Writes the environment where tests and people find it; it holds secrets, so only this user may read it. */
export function writeDemoEnv(dataDirectory: string, environment: Environment): void {
  const file = join(dataDirectory, "demo.env");
  const lines = Object.entries(environment).map(
    ([name, value]) => `${name}=${/^[\w\-./:@+=%]*$/.test(value) ? value : JSON.stringify(value)}`,
  );
  writeFileSync(file, `${lines.join("\n")}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
}
