import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Callbacks } from "./callbacks";
import { SandboxClock } from "./clock";
import { type Fault, Faults } from "./faults";
import { createFlowSandbox } from "./flow/sandbox";
import type { SandboxGateway } from "./gateway";
import { html, json, jsonBody, type Reply, readRequest, type SandboxRequest } from "./http";
import { createMercadoPagoSandbox } from "./mercadopago/sandbox";
import { createNowPaymentsSandbox } from "./nowpayments/sandbox";
import { homePage } from "./page";
import { createPaypalSandbox } from "./paypal/sandbox";

export interface SandboxOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly host?: string;
  readonly flowApiKey: string;
  readonly flowSecretKey: string;
  readonly mercadopagoAccessToken?: string;
  readonly mercadopagoWebhookSecret?: string;
  readonly paypalClientId?: string;
  readonly paypalClientSecret?: string;
  readonly paypalWebhookId?: string;
  /** Where PayPal's notices go: no order names it. */
  readonly paypalWebhookUrl?: string;
  readonly nowpaymentsApiKey?: string;
  readonly nowpaymentsIpnSecret?: string;
  readonly nowpaymentsEmail?: string;
  readonly nowpaymentsPassword?: string;
  /** Between two tries of a notice that was not taken; a minute at the real one. */
  readonly nowpaymentsRetryMs?: number;
  /** Where orders are kept between starts; without it they live as long as the process. */
  readonly directory?: string;
}

export interface Sandbox {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Stands in for the payment gateways: speaks their wire formats, shows their hosted pages, calls back, and
 * misbehaves when it is told to.
 *
 * - `POST /control/faults {gateway, operation, kind, count | rate, ms}` (faults.ts)
 * - `POST /control/callbacks {gateway, mode, count | rate, ms, copies}` (callbacks.ts)
 * - `POST /control/clock {ms | at}` (clock.ts)
 * - `POST /control/<gateway>/…` sets what no caller could (the gateway's folder)
 * - `POST /control/heal` ends what was ordered; `GET /control/state`; `POST /control/reset` empties everything
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const host = options.host ?? "127.0.0.1";
  const faults = new Faults();
  const callbacks = new Callbacks();
  const clock = new SandboxClock();
  const gateways: SandboxGateway[] = [];
  let origin = "";

  const server = createServer((request, response) => {
    answer({ gateways, faults, callbacks, clock, origin }, request, response).catch((error: unknown) => {
      send(response, json(500, { message: error instanceof Error ? error.message : String(error) }));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, host, resolve);
  });
  origin = `http://${host}:${(server.address() as AddressInfo).port}`;
  const context = { origin, callbacks, clock, directory: options.directory ?? null };
  gateways.push(createFlowSandbox(context, { apiKey: options.flowApiKey, secretKey: options.flowSecretKey }));
  const { mercadopagoAccessToken: accessToken, mercadopagoWebhookSecret: webhookSecret } = options;
  if (accessToken && webhookSecret)
    gateways.push(createMercadoPagoSandbox(context, { accessToken, webhookSecret }));
  const { paypalClientId: clientId, paypalClientSecret: clientSecret, paypalWebhookId: webhookId } = options;
  if (clientId && clientSecret && webhookId)
    gateways.push(
      createPaypalSandbox(context, { clientId, clientSecret, webhookId }, options.paypalWebhookUrl ?? null),
    );
  const { nowpaymentsApiKey: apiKey, nowpaymentsIpnSecret: ipnSecret } = options;
  const login = { email: options.nowpaymentsEmail ?? null, password: options.nowpaymentsPassword ?? null };
  if (apiKey && ipnSecret)
    gateways.push(
      createNowPaymentsSandbox(context, { apiKey, ipnSecret, ...login }, options.nowpaymentsRetryMs),
    );
  const ticking = setInterval(() => tick(gateways), TICK_MS).unref();

  return {
    url: origin,
    async stop() {
      clearInterval(ticking);
      await callbacks.stop();
      for (const gateway of gateways) gateway.flush();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

const TICK_MS = 1_000;

function tick(gateways: readonly SandboxGateway[]): void {
  for (const gateway of gateways) gateway.tick?.();
}

interface Running {
  readonly gateways: readonly SandboxGateway[];
  readonly faults: Faults;
  readonly callbacks: Callbacks;
  readonly clock: SandboxClock;
  readonly origin: string;
}

async function answer(running: Running, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const request = await readRequest(incoming, running.origin);
  const [first = "", ...rest] = request.url.pathname.split("/").filter((part) => part !== "");
  if (first === "") return send(response, html(200, homePage(running.gateways)));
  if (first === "control") return send(response, control(running, request, rest));
  const gateway = running.gateways.find(({ name }) => name === first);
  if (!gateway) return send(response, json(404, { message: "there is nothing here" }));
  const operation = gateway.operationOf(request);
  const fault = operation === null ? null : running.faults.take(gateway.name, operation);
  if (fault) return misbehave(fault, () => gateway.handle(request), response);
  send(response, await gateway.handle(request));
}

function control(running: Running, request: SandboxRequest, path: readonly string[]): Reply {
  const [what = "", ...rest] = path;
  const { gateways, faults, callbacks, clock } = running;
  if (request.method === "GET" && what === "state") {
    const states = Object.fromEntries(gateways.map((gateway) => [gateway.name, gateway.state()]));
    return json(200, { ...states, faults: faults.list(), callbacks: callbacks.list(), now: clock.now() });
  }
  if (request.method !== "POST") return json(405, { message: "POST, or GET /control/state" });
  try {
    const order = jsonBody(request);
    if (what === "faults") return json(201, faults.order(order));
    if (what === "callbacks") return json(201, callbacks.order(order));
    if (what === "clock") {
      const moved = clock.order(order);
      tick(gateways);
      return json(200, moved);
    }
    if (what === "heal") {
      faults.clear();
      callbacks.heal();
      return json(200, {});
    }
    if (what === "reset") {
      clock.order({});
      faults.clear();
      callbacks.clear();
      for (const gateway of gateways) gateway.reset();
      return json(200, {});
    }
    const gateway = gateways.find(({ name }) => name === what);
    return gateway ? json(200, gateway.control(rest, order)) : json(404, { message: `there is no ${what}` });
  } catch (error) {
    return json(400, { message: error instanceof Error ? error.message : String(error) });
  }
}

async function misbehave(
  fault: Fault,
  handle: () => Reply | Promise<Reply>,
  response: ServerResponse,
): Promise<void> {
  switch (fault.kind) {
    case "error500":
      return send(response, html(500, "<html><body><h1>Internal Server Error</h1></body></html>"));
    case "rate-limited":
      return send(response, {
        ...json(429, { message: "Too many requests" }),
        headers: { "retry-after": "1" },
      });
    case "timeout":
      await sleep(fault.ms, undefined, { ref: false });
      response.destroy();
      return;
    case "slow":
      await sleep(fault.ms, undefined, { ref: false });
      return send(response, await handle());
    case "malformed": {
      const reply = await handle();
      return send(response, {
        ...reply,
        status: 200,
        body: reply.body.slice(0, Math.ceil(reply.body.length / 2)),
      });
    }
    case "lost-answer":
      await handle();
      response.destroy();
  }
}

function send(response: ServerResponse, reply: Reply): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(reply.status, {
    "content-type": reply.type,
    "cache-control": "no-store",
    ...reply.headers,
  });
  response.end(reply.body);
}
