import { sign } from "node:crypto";
import { crc32 } from "node:zlib";
import { type Outcome, succeeded } from "@/lib/payments/outcome";
import { createVerifier } from "@/lib/payments/paypal/signature";
import { type Certified, certify } from "@/scripts/sandbox/paypal/x509";

export const WEBHOOK_ID = "4JH86294D6297924G";
export const NOW = new Date("2026-11-20T12:00:00Z");
const YEAR_MS = 365 * 86_400_000;

/** Certificates in PayPal's manner: a root that we trust, one between, and leaves. */
export function authority(name: string) {
  const span = { from: new Date(NOW.getTime() - YEAR_MS), to: new Date(NOW.getTime() + YEAR_MS) };
  const root = certify({ name, issuer: null, isAuthority: true, ...span });
  const between = certify({ name: `${name} CA`, issuer: root, isAuthority: true, ...span });
  const leaf = (change: Partial<Parameters<typeof certify>[0]> = {}) =>
    certify({
      name: "messageverificationcerts.paypal.com",
      issuer: between,
      isAuthority: false,
      ...span,
      ...change,
    });
  return { root, between, leaf };
}

/** A line to the world on which only these addresses answer; it remembers who was asked. */
function lineTo(pages: Readonly<Record<string, string | number>>) {
  const asked: string[] = [];
  const fetch = (input: string | URL | Request): Promise<Response> => {
    const address = input instanceof Request ? input.url : String(input);
    asked.push(address);
    const page = pages[address];
    if (page === undefined) return Promise.reject(new TypeError("fetch failed"));
    return Promise.resolve(
      typeof page === "number" ? new Response("", { status: page }) : new Response(page),
    );
  };
  return { asked, fetch };
}

/** PayPal's own answer to "is this yours?", and what it was asked. */
function postback(verdict: "SUCCESS" | "FAILURE" | "away") {
  const bodies: string[] = [];
  return {
    bodies,
    send: ({ body }: { readonly body?: string }): Promise<Outcome<unknown>> => {
      bodies.push(body ?? "");
      if (verdict === "away")
        return Promise.resolve({ ok: false, failure: { kind: "unavailable", code: "503", detail: "" } });
      return Promise.resolve(succeeded({ verification_status: verdict }));
    },
  };
}

interface Sending {
  readonly by: Certified;
  readonly certificateUrl: string;
  readonly body?: string;
  readonly webhookId?: string;
  readonly headers?: Readonly<Record<string, string | null>>;
}

export const EVENT =
  '{"id":"WH-2WR32451HC0233532","event_type":"PAYMENT.CAPTURE.COMPLETED","resource":{"id":"3C6"}}';

/** A notice as whoever holds a key sends it. */
export function notice({ by, certificateUrl, body = EVENT, webhookId = WEBHOOK_ID, headers = {} }: Sending) {
  const rawBody = Buffer.from(body);
  const id = "69cd13f0-d67a-11e5-baa3-778b53f4ae55";
  const time = "2026-11-20T12:00:00Z";
  const message = Buffer.from(`${id}|${time}|${webhookId}|${crc32(rawBody)}`);
  const all: Record<string, string | null> = {
    "paypal-transmission-id": id,
    "paypal-transmission-time": time,
    "paypal-transmission-sig": sign("sha256", message, by.key).toString("base64"),
    "paypal-cert-url": certificateUrl,
    "paypal-auth-algo": "SHA256withRSA",
    "paypal-auth-version": "v2",
    ...headers,
  };
  const sent = new Headers();
  for (const [name, value] of Object.entries(all)) if (value !== null) sent.append(name, value);
  return { method: "POST", url: new URL("https://shop.test/api/webhooks/paypal"), headers: sent, rawBody };
}

interface Installing {
  readonly apiUrl?: string;
  readonly webhookId?: string;
  readonly roots?: readonly string[];
  readonly pages?: Readonly<Record<string, string | number>>;
  readonly verdict?: "SUCCESS" | "FAILURE" | "away";
  readonly now?: () => Date;
}

/** An installation's check of notices, with the world around it in hand. */
export function installation(options: Installing) {
  const line = lineTo(options.pages ?? {});
  const paypal = postback(options.verdict ?? "FAILURE");
  const verify = createVerifier(
    {
      apiUrl: options.apiUrl ?? "https://api-m.paypal.com",
      clientId: "client",
      clientSecret: "secret",
      webhookId: options.webhookId ?? WEBHOOK_ID,
    },
    paypal,
    { roots: options.roots ?? [], fetch: line.fetch, now: options.now ?? (() => NOW) },
  );
  return { verify, asked: line.asked, bodies: paypal.bodies };
}
