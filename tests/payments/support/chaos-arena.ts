import { type ChildProcess, spawn } from "node:child_process";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll } from "vitest";
import { chaosGateways } from "@/bench/chaos/gateways";
import type { ChaosArena } from "@/bench/chaos/story";
import { readEnv } from "@/lib/env/read-env";
import { AppError } from "@/lib/errors";
import { comeBack, createGateways, type Gateways, openPayment, receiveWebhook } from "@/lib/payments";
import { candidateGateway } from "@/lib/wiring/gateways";
import { type Sandbox, startSandbox } from "@/scripts/sandbox/server";
import { database } from "@/tests/support/database";
import { testEnvironment } from "@/tests/support/environment";
import { ownerOf } from "./checkout";
import { flowKeys } from "./flow";
import { mercadoPagoKeys } from "./mercadopago";
import { nowPaymentsKeys } from "./nowpayments";
import { paypalKeys } from "./paypal";
import { aShop, type Shop } from "./shops";

const root = join(import.meta.dirname, "../../..");
const SHOPS = 10;

/** The four gateways, our routes on a small server, and workers as processes of their own. Call once in a file. */
export function chaosArena(): { arena(): Promise<ChaosArena>; readonly sandboxUrl: string } {
  let sandbox: Sandbox;
  let edge: Server;
  let appUrl = "";
  let gateways: Gateways;
  const running = new Set<ChildProcess>();
  const variables = () => ({ ...testEnvironment(database().urls), ...variablesOf(sandbox.url) });

  beforeAll(async () => {
    edge = createServer((request, response) => {
      answer(gateways, appUrl, request)
        .then(({ status, location }) => response.writeHead(status, location ? { location } : {}).end())
        .catch(() => response.writeHead(500).end());
    });
    await new Promise<void>((listening) => edge.listen(0, "127.0.0.1", listening));
    appUrl = `http://127.0.0.1:${(edge.address() as AddressInfo).port}`;
    sandbox = await startSandbox({
      port: 0,
      ...flowKeys,
      ...mercadoPagoKeys,
      ...paypalKeys,
      paypalWebhookUrl: `${appUrl}/api/webhooks/paypal`,
      ...nowPaymentsKeys,
      nowpaymentsRetryMs: 2_000,
    });
    gateways = gatewaysFrom(variables());
  });
  afterEach(() => {
    for (const child of running) child.kill("SIGKILL");
  });
  afterAll(async () => {
    edge.closeAllConnections();
    edge.close();
    await sandbox.stop();
  });

  const startWorker: ChaosArena["startWorker"] = (failpoint) => {
    const child = spawn(process.execPath, ["--import", "./scripts/tsx.mjs", "bench/chaos/worker.ts"], {
      cwd: root,
      env: {
        ...process.env,
        ...variables(),
        CHAOS_FAILPOINT: failpoint ?? "",
        CHAOS_STEPS: "8",
      },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    running.add(child);
    return child;
  };

  return {
    get sandboxUrl() {
      return sandbox.url;
    },
    async arena() {
      const shops: Shop[] = [];
      for (let n = 0; n < SHOPS; n += 1) shops.push(await aShop());
      // It is up before the story begins, so that it holds notices when it is stopped.
      const sleeper = startWorker(null);
      await new Promise((ready) => sleeper.once("message", ready));
      return {
        owner: database().owner,
        sandboxUrl: sandbox.url,
        appUrl,
        gateways: chaosGateways,
        open: (gateway, n, key) => open(gateways, appUrl, shops[n % shops.length], gateway, key),
        startWorker,
        crashDatabase: dropConnections,
        hangWorker() {
          sleeper.kill("SIGSTOP");
          return { wake: () => sleeper.kill("SIGCONT") };
        },
      };
    },
  };
}

async function open(
  gateways: Gateways,
  appUrl: string,
  shop: Shop | undefined,
  gateway: string,
  key: string,
): ReturnType<ChaosArena["open"]> {
  if (!shop) throw new Error("no shop");
  const order = { gateway, tier: "pro", interval: "month" } as const;
  const subject = () => "Opttius Pro";
  return openPayment(ownerOf(shop), order, key, { gateways, appUrl, language: "es", subject });
}

/** Our two routes, without the framework. */
async function answer(
  gateways: Gateways,
  appUrl: string,
  request: IncomingMessage,
): Promise<{ status: number; location?: string }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  const rawBody = Buffer.concat(chunks);
  const url = new URL(request.url ?? "/", appUrl);
  const method = request.method ?? "GET";
  const [, , what = "", detail = "", last = ""] = url.pathname.split("/");
  if (what === "payments" && detail === "return") {
    const form = new URLSearchParams(method === "POST" ? rawBody.toString("utf8") : "");
    await comeBack(gateways, last, { method, url, form }, "chaos").catch(() => null);
    return { status: 303, location: "/billing" };
  }
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
  try {
    await receiveWebhook(gateways, detail, { method, url, headers, rawBody, traceId: "chaos" });
    return { status: 200 };
  } catch (error) {
    return { status: error instanceof AppError ? error.status : 500 };
  }
}

function variablesOf(sandboxUrl: string): Record<string, string> {
  return {
    FLOW_API_URL: `${sandboxUrl}/flow/api`,
    FLOW_API_KEY: flowKeys.flowApiKey,
    FLOW_SECRET_KEY: flowKeys.flowSecretKey,
    MERCADOPAGO_API_URL: `${sandboxUrl}/mercadopago`,
    MERCADOPAGO_ACCESS_TOKEN: mercadoPagoKeys.mercadopagoAccessToken,
    MERCADOPAGO_WEBHOOK_SECRET: mercadoPagoKeys.mercadopagoWebhookSecret,
    PAYPAL_API_URL: `${sandboxUrl}/paypal`,
    PAYPAL_CLIENT_ID: paypalKeys.paypalClientId,
    PAYPAL_CLIENT_SECRET: paypalKeys.paypalClientSecret,
    PAYPAL_WEBHOOK_ID: paypalKeys.paypalWebhookId,
    NOWPAYMENTS_API_URL: `${sandboxUrl}/nowpayments/v1`,
    NOWPAYMENTS_API_KEY: nowPaymentsKeys.nowpaymentsApiKey,
    NOWPAYMENTS_IPN_SECRET: nowPaymentsKeys.nowpaymentsIpnSecret,
    NOWPAYMENTS_EMAIL: nowPaymentsKeys.nowpaymentsEmail,
    NOWPAYMENTS_PASSWORD: nowPaymentsKeys.nowpaymentsPassword,
  };
}

/** The gateways of the product, from the variables that the workers are given too. */
function gatewaysFrom(variables: Record<string, string>): Gateways {
  const settings = readEnv(variables).gateways;
  return createGateways(
    chaosGateways.map(({ id }) => {
      const gateway = candidateGateway(id, settings);
      return { id, configure: () => gateway && (() => gateway) };
    }),
    null,
  );
}

/** What a crash takes away, without the crash: other suites share this server. */
async function dropConnections(): Promise<void> {
  const client = new Client({ connectionString: database().urls.superuser });
  await client.connect();
  try {
    await client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
  } finally {
    await client.end();
  }
}
