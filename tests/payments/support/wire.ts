import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { control } from "@/scripts/sandbox/control";
import { type Sandbox, type SandboxOptions, startSandbox } from "@/scripts/sandbox/server";

// The sandbox as a stranger sees it: plain HTTP, written from the gateways' documents, through no code of ours.

/** Every key that a test signs or signs in with. */
export const keys = {
  flowApiKey: "1F90971E-8276-4715-97FF-2BLG5030EE3B",
  flowSecretKey: "a flow secret only for tests",
  mercadopagoAccessToken: "TEST-7000000000000001-112400-0123456789abcdef0123456789abcdef-446566691",
  mercadopagoWebhookSecret: "a webhook secret only for tests",
  paypalClientId: "AVx-client-only-for-tests",
  paypalClientSecret: "a paypal secret only for tests",
  paypalWebhookId: "4JH86294D6297924G",
  nowpaymentsApiKey: "TESTKEY-0000001-TESTKEY-0000002",
  nowpaymentsIpnSecret: "an ipn secret only for tests",
  nowpaymentsEmail: "payments@opttius.test",
  nowpaymentsPassword: "a password only for tests",
} as const;

/** What a gateway sent to the shop. */
export interface Heard {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** The shop's address for notices. */
interface Receiver {
  readonly url: string;
  readonly heard: Heard[];
  /** Answers the next notices so, and 200 to those after. */
  answerNext(...statuses: readonly number[]): void;
}

export interface Wire {
  readonly url: string;
  readonly shop: Receiver;
  order<Answer = unknown>(path: string, order?: object): Promise<Answer>;
}

/** A sandbox on a free port and a shop that hears of payments; both are emptied before each test. */
export function sandboxOnTheWire(options: Partial<SandboxOptions> = {}): Wire {
  let sandbox: Sandbox;
  const shop = receiver();
  const order = <Answer>(path: string, change: object = {}) => control<Answer>(sandbox.url, path, change);

  beforeAll(async () => {
    await shop.open();
    sandbox = await startSandbox({
      port: 0,
      ...keys,
      paypalWebhookUrl: `${shop.url}/paypal`,
      nowpaymentsRetryMs: 20,
      ...options,
    });
  });
  beforeEach(async () => {
    await order("reset");
    shop.clear();
  });
  afterAll(async () => {
    await sandbox.stop();
    shop.close();
  });

  return {
    get url() {
      return sandbox.url;
    },
    shop,
    order,
  };
}

function receiver() {
  const heard: Heard[] = [];
  let statuses: number[] = [];
  let url = "";
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      heard.push({
        method: request.method ?? "",
        url: new URL(request.url ?? "/", url),
        headers: request.headers,
        body: Buffer.concat(chunks).toString("utf8"),
      });
      response.writeHead(statuses.shift() ?? 200).end();
    });
  });
  return {
    get url() {
      return url;
    },
    heard,
    answerNext(...next: readonly number[]) {
      statuses = [...next];
    },
    async open() {
      await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    clear() {
      heard.length = 0;
      statuses = [];
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The notices that came, when there are at least so many. */
export async function notices(shop: Receiver, count: number): Promise<readonly Heard[]> {
  await expect.poll(() => shop.heard.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(count);
  return shop.heard;
}

export type Fields = Record<string, unknown>;

/** An answer's status and its JSON. */
export async function answered(answer: Promise<Response>): Promise<{ status: number; body: Fields }> {
  const response = await answer;
  expect(response.headers.get("content-type")).toMatch(/^application\/json/);
  return { status: response.status, body: (await response.json()) as Fields };
}

/** The JSON of an answer that must have succeeded with this status. */
export async function fieldsOf(answer: Promise<Response>, status = 200): Promise<Fields> {
  const { status: given, body } = await answered(answer);
  expect(given, JSON.stringify(body)).toBe(status);
  return body;
}

/** A value that must be text, to send on. */
export function textIn(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== "string") throw new Error(`${name} is no text: ${JSON.stringify(value)}`);
  return value;
}

/** A browser's press of a button on a hosted page. */
export function press(page: string, fields: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(page, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
}

/** Where a page sends the browser. */
export function sentTo(response: Response): URL {
  expect([302, 303]).toContain(response.status);
  return new URL(response.headers.get("location") ?? "");
}

export const aNumber = expect.any(Number) as unknown;
export const aText = expect.any(String) as unknown;
export const something = expect.anything() as unknown;
/** Text of a form that a document shows. */
export const like = (pattern: RegExp): unknown => expect.stringMatching(pattern) as unknown;
