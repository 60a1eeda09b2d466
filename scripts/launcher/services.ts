import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { seedDemo } from "../seed";
import { isFree, rememberedPort } from "../services/ports";
import type { Postgres } from "../services/postgres";
import { StartError } from "../services/start-error";
import { migrateDatabase, prepareDatabase, startDatabase } from "./database";
import {
  applicationEnvironment,
  bringsOwnDatabase,
  DATABASE,
  type Environment,
  type Ports,
  wantsDemoData,
  writeDemoEnv,
} from "./environment";
import { script } from "./script";
import { type Secrets, secretsOf } from "./secrets";
import type { Supervisor } from "./supervisor";
import { say, step } from "./terminal";

/** Starts everything that the application needs, in an opened and locked data directory. */
export async function startServices(dataDirectory: string, supervisor: Supervisor): Promise<Environment> {
  const secrets = secretsOf(dataDirectory);
  const ports = await choosePorts(dataDirectory);
  const environment = applicationEnvironment(dataDirectory, ports, secrets, process.env);
  const service = (name: string, url: string, options: object) =>
    supervisor.start({
      name,
      args: script("services/run.ts", name),
      env: { ...process.env, SERVICE_OPTIONS: JSON.stringify(options) },
      readyUrl: url,
    });

  const ownDatabase = bringsOwnDatabase(process.env);
  const demoData = wantsDemoData(process.env, process.argv);
  if (!ownDatabase) {
    const postgres = await step(
      "Postgres",
      () => keepPostgres(dataDirectory, secrets, supervisor),
      ({ port }) => `127.0.0.1:${port}`,
    );
    await step("Roles", () => prepareDatabase(postgres, secrets));
    await step(
      "Migrations",
      () => migrateOrExplain(postgres, environment, secrets),
      (applied) => `${applied} new`,
    );
  }
  const {
    SUPABASE_PUBLISHABLE_KEY: publishableKey,
    SUPABASE_JWT_SECRET: jwtSecret,
    SMTP_URL: smtpUrl,
    APP_URL: appUrl,
  } = environment;
  const gatewayKeys = {
    flowApiKey: environment["FLOW_API_KEY"],
    flowSecretKey: environment["FLOW_SECRET_KEY"],
    mercadopagoAccessToken: environment["MERCADOPAGO_ACCESS_TOKEN"],
    mercadopagoWebhookSecret: environment["MERCADOPAGO_WEBHOOK_SECRET"],
    paypalClientId: environment["PAYPAL_CLIENT_ID"],
    paypalClientSecret: environment["PAYPAL_CLIENT_SECRET"],
    paypalWebhookId: environment["PAYPAL_WEBHOOK_ID"],
    paypalWebhookUrl: `${appUrl}/api/webhooks/paypal`,
    nowpaymentsApiKey: environment["NOWPAYMENTS_API_KEY"],
    nowpaymentsIpnSecret: environment["NOWPAYMENTS_IPN_SECRET"],
    nowpaymentsEmail: environment["NOWPAYMENTS_EMAIL"],
    nowpaymentsPassword: environment["NOWPAYMENTS_PASSWORD"],
  };
  const authUrl = `postgresql://supabase_auth_admin:${secrets.authPassword}@127.0.0.1:${ports.postgres}/${DATABASE}`;
  const auth = { port: ports.auth, databaseUrl: authUrl, publishableKey, jwtSecret, smtpUrl, appUrl };
  await Promise.all([
    step("Mail", () =>
      service("mail", `http://127.0.0.1:${ports.mail}/api/messages?to=nobody`, {
        port: ports.mail,
        smtpPort: ports.smtp,
        directory: join(dataDirectory, "mail"),
      }),
    ),
    ownDatabase
      ? undefined
      : step("Auth", () => service("auth", `http://127.0.0.1:${ports.auth}/auth/v1/health`, auth)),
    step("Payment sandbox", () =>
      service("sandbox", `http://127.0.0.1:${ports.sandbox}/`, {
        port: ports.sandbox,
        appUrl,
        ...gatewayKeys,
        directory: join(dataDirectory, "sandbox"),
      }),
    ),
    step(
      "Demo data",
      () => (demoData ? seed(environment) : undefined),
      () => (demoData ? "" : "left out, for the database is not this machine's (-- --seed writes it)"),
    ),
  ]);
  writeDemoEnv(dataDirectory, environment);
  return environment;
}

/** Refuses a port for the application that somebody else listens on. */
export async function requirePort(port: number, command: string): Promise<void> {
  if (await isFree(port)) return;
  throw new StartError(
    `Port ${port} is in use by another program; stop that program, or choose another port: PORT=${port + 1} ${command}`,
  );
}

/** The application's port: PORT, else 3000. */
export function appPort(): number {
  const port = Number(process.env["PORT"] || 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new StartError(`PORT is ${process.env["PORT"]}, which is no port; give a number from 1 to 65535.`);
  return port;
}

async function choosePorts(dataDirectory: string): Promise<Ports> {
  return {
    app: appPort(),
    postgres: await rememberedPort(dataDirectory, "postgres"),
    auth: await rememberedPort(dataDirectory, "auth"),
    mail: await rememberedPort(dataDirectory, "mail"),
    smtp: await rememberedPort(dataDirectory, "smtp"),
    sandbox: await rememberedPort(dataDirectory, "sandbox"),
  };
}

/** Postgres, started again if it should fall over: its own log knows why. */
async function keepPostgres(
  dataDirectory: string,
  secrets: Secrets,
  supervisor: Supervisor,
): Promise<Postgres> {
  let current: Postgres;
  const restart = async (): Promise<void> => {
    for (let waitMs = 1_000; supervisor.isRunning; waitMs = Math.min(waitMs * 2, 30_000)) {
      say(
        `  Postgres stopped; starting it again in ${waitMs / 1000} s. Log: ${join(dataDirectory, "postgres/server.log")}`,
      );
      await sleep(waitMs);
      if (!supervisor.isRunning) return;
      try {
        current = await startDatabase(dataDirectory, secrets, () => void restart());
        return;
      } catch (error) {
        say(`  ${(error as Error).message}`);
      }
    }
  };
  current = await startDatabase(dataDirectory, secrets, () => void restart());
  await supervisor.onStop(() => current.stop());
  return current;
}

async function migrateOrExplain(
  postgres: Postgres,
  environment: Environment,
  secrets: Secrets,
): Promise<number> {
  try {
    return await migrateDatabase(postgres, environment["DATABASE_URL"] ?? "", secrets);
  } catch (error) {
    throw new StartError(`${(error as Error).message}\nStart with --reset to begin again with new data.`);
  }
}

async function seed(environment: Environment): Promise<void> {
  await seedDemo({
    databaseUrl: environment["DATABASE_URL"] ?? "",
    password: environment["DEMO_PASSWORD"] ?? "",
    totpSecret: environment["DEMO_TOTP_SECRET"] ?? "",
    encryptionKey: environment["APP_ENCRYPTION_KEY"] ?? "",
    now: new Date(),
  });
}
