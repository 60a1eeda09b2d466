import { createVerify } from "node:crypto";
import { crc32 } from "node:zlib";
import type { Verification, WebhookRequest } from "../gateway";
import type { Failure } from "../outcome";
import { isRecord, readJson } from "./answers";
import { createCertificates, type TrustOptions } from "./certificates";
import type { PaypalClient } from "./client";
import { installationOf } from "./installation";
import { toNotice } from "./notices";
import type { PaypalSettings } from "./settings";

/** What a notice's headers say, each there once and of its form. */
interface Transmission {
  readonly id: string;
  readonly time: string;
  readonly signature: string;
  readonly certificateUrl: string;
}

/** The name under which the dashboard's simulator signs: anybody can make it sign anything. */
const SIMULATED = "WEBHOOK_ID";
const ALGORITHM = "SHA256withRSA";

const refused = { verdict: "rejected", reason: "not-authentic" } as const;
const unanswered = { verdict: "rejected", reason: "unanswered" } as const;

type Judgement = "authentic" | "forged" | "unanswered";

/** @see https://developer.paypal.com/api/rest/webhooks/rest/#link-verifywebhooksignature (read 2026-11-24) */
export function createVerifier(
  settings: PaypalSettings,
  client: Pick<PaypalClient, "send">,
  trust: Pick<TrustOptions, "roots" | "fetch" | "now"> = {},
): (request: WebhookRequest) => Promise<Verification> {
  const installation = installationOf(settings.apiUrl);
  const certificateAt = createCertificates({ apiUrl: settings.apiUrl, installation, ...trust });

  async function judge(
    transmission: Transmission,
    body: Uint8Array,
    allows: () => boolean,
  ): Promise<Judgement> {
    const looked = await certificateAt(transmission.certificateUrl, allows);
    if (looked.found === "trusted") {
      const message = messageOf(transmission, settings.webhookId, body);
      const isSigned = createVerify("sha256")
        .update(message)
        .verify(looked.certificate.publicKey, Buffer.from(transmission.signature, "base64"));
      return isSigned ? "authentic" : "forged";
    }
    if (looked.found === "unasked") return "unanswered";
    // PayPal itself is asked where we could not look; a simulator also about certificates that only it can know.
    const helps =
      looked.found === "unreachable" || (installation === "simulator" && looked.found !== "untrusted");
    if (!helps) return "forged";
    return allows() ? askPaypal(client, transmission, settings.webhookId, body) : "unanswered";
  }

  return async ({ headers, rawBody, mayAsk = () => true }) => {
    const transmission = readTransmission(headers);
    if (!transmission || settings.webhookId === "" || settings.webhookId === SIMULATED) return refused;
    const judgement = await judge(transmission, rawBody, mayAsk);
    if (judgement !== "authentic") return judgement === "forged" ? refused : unanswered;
    const notice = toNotice(readJson(Buffer.from(rawBody).toString("utf8")));
    return notice ? { verdict: "authentic", notice } : { verdict: "rejected", reason: "malformed" };
  };
}

/** A header that came twice reads `a, b`, which is of no header's form. */
function readTransmission(headers: Headers): Transmission | null {
  const id = headers.get("paypal-transmission-id") ?? "";
  const time = headers.get("paypal-transmission-time") ?? "";
  const signature = headers.get("paypal-transmission-sig") ?? "";
  const certificateUrl = headers.get("paypal-cert-url") ?? "";
  const isWhole =
    /^[\w-]{1,100}$/.test(id) &&
    /^[\dTZ:.+-]{10,40}$/.test(time) &&
    /^[A-Za-z0-9+/]{1,1400}={0,2}$/.test(signature) &&
    /^https?:\/\/[^\s,]{1,500}$/.test(certificateUrl) &&
    headers.get("paypal-auth-algo") === ALGORITHM;
  return isWhole ? { id, time, signature, certificateUrl } : null;
}

/** What is signed: the body only by its CRC-32, of the raw bytes and in unsigned decimal. */
export function messageOf(
  transmission: Pick<Transmission, "id" | "time">,
  webhookId: string,
  body: Uint8Array,
): string {
  return `${transmission.id}|${transmission.time}|${webhookId}|${crc32(body)}`;
}

/**
 * Asks PayPal whether a notice is its own. The body goes in as the text that came: read and written again, `1.0`,
 * `{ }` or an escape would be another text, and no signature of it would match.
 */
async function askPaypal(
  client: Pick<PaypalClient, "send">,
  transmission: Transmission,
  webhookId: string,
  body: Uint8Array,
): Promise<Judgement> {
  const text = Buffer.from(body).toString("utf8");
  if (!isRecord(readJson(text))) return "forged";
  const envelope = JSON.stringify({
    auth_algo: ALGORITHM,
    cert_url: transmission.certificateUrl,
    transmission_id: transmission.id,
    transmission_sig: transmission.signature,
    transmission_time: transmission.time,
    webhook_id: webhookId,
  });
  const answer = await client.send({
    operation: "state",
    method: "POST",
    path: "v1/notifications/verify-webhook-signature",
    body: `${envelope.slice(0, -1)},"webhook_event":${text}}`,
  });
  if (!answer.ok) return isAway(answer.failure) ? "unanswered" : "forged";
  return isRecord(answer.value) && answer.value["verification_status"] === "SUCCESS" ? "authentic" : "forged";
}

/** Silence, not a refusal: an address without this call (a stand-in's) proves nothing either way. */
function isAway({ kind, code }: Failure): boolean {
  return (
    ["unavailable", "unknown-outcome", "rate-limited"].includes(kind) &&
    !/^4\d\d$/.test(code) &&
    code !== "malformed"
  );
}
