import { randomUUID, sign } from "node:crypto";
import { crc32 } from "node:zlib";
import type { SandboxContext } from "../gateway";
import { newId, stamp } from "./state";
import { type Certified, certify } from "./x509";

const DAY_MS = 86_400_000;
const RETRY_AFTER_MS = [2_000, 5_000, 15_000, 60_000];
const LEAF = "messageverificationcerts.sandbox.paypal.com";

/** A signed notice, ready to be sent. */
export interface SignedEvent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Makes notices, signs them with a certificate of a chain of their own, and sends them. */
export interface Events {
  sign(type: string, resourceType: string, resource: unknown): SignedEvent;
  send(type: string, resourceType: string, resource: unknown): void;
  /** The chain at this address, leaf first; null where there is none. */
  chainAt(path: string): string | null;
  /** The certificate that notices are signed with. */
  leaf(): Certified;
}

export interface EventOptions {
  readonly context: SandboxContext;
  readonly webhookId: string;
  readonly webhookUrl: () => string | null;
}

export function createEvents({ context, webhookId, webhookUrl }: EventOptions): Events {
  // Made when first needed: two RSA keys are a second's work on a slow machine.
  let made: { path: string; leaf: Certified; pem: string } | null = null;
  function chain() {
    if (made) return made;
    const from = new Date(Date.now() - DAY_MS);
    const to = new Date(Date.now() + 3_650 * DAY_MS);
    const root = certify({ name: "Sandbox Root", issuer: null, isAuthority: true, from, to });
    const leaf = certify({ name: LEAF, issuer: root, isAuthority: false, from, to });
    const path = `/paypal/v1/notifications/certs/CERT-${newId("", 8).toLowerCase()}`;
    return (made = { path, leaf, pem: leaf.pem + root.pem });
  }

  function signed(type: string, resourceType: string, resource: unknown): SignedEvent {
    const { leaf, path } = chain();
    const at = stamp(context.clock.now());
    const body = JSON.stringify({
      id: newId("WH-", 30),
      event_version: "1.0",
      create_time: at,
      resource_type: resourceType,
      event_type: type,
      summary: type.toLowerCase().replaceAll(".", " "),
      resource,
      links: [],
    });
    const id = randomUUID();
    const message = `${id}|${at}|${webhookId}|${crc32(Buffer.from(body))}`;
    return {
      body,
      headers: {
        "content-type": "application/json",
        "paypal-transmission-id": id,
        "paypal-transmission-time": at,
        "paypal-transmission-sig": sign("sha256", Buffer.from(message), leaf.key).toString("base64"),
        "paypal-cert-url": `${context.origin}${path}`,
        "paypal-auth-algo": "SHA256withRSA",
        "paypal-auth-version": "v2",
      },
    };
  }

  return {
    sign: signed,
    send(type, resourceType, resource) {
      const url = webhookUrl();
      if (url === null) return;
      const event = signed(type, resourceType, resource);
      context.callbacks.send({
        gateway: "paypal",
        url,
        ...event,
        // Somebody who saw a genuine one sends it as another event.
        forged: { headers: event.headers, body: event.body.replace('"id":"WH-', '"id":"WH-F') },
        retryAfterMs: RETRY_AFTER_MS,
      });
    },
    chainAt: (path) => (path === chain().path ? chain().pem : null),
    leaf: () => chain().leaf,
  };
}
