import { createPublicKey, verify } from "node:crypto";
import { crc32 } from "node:zlib";
import { type Answer, type Call, isObject, ok, part, text } from "./call";

/** `GET /v1/notifications/webhooks` */
export function listWebhooks(webhookId: string, url: string | null): Answer {
  const ours = { id: webhookId, url, event_types: [{ name: "*" }] };
  return ok({ webhooks: url === null ? [] : [ours] });
}

/** `POST /v1/notifications/verify-webhook-signature`: over the text of `webhook_event` as it was sent. */
export function verifySignature(call: Call, webhookId: string): Answer {
  const { body, events, request } = call;
  const certificate = URL.parse(text(body, "cert_url") ?? "");
  const isOurs =
    certificate?.origin === call.origin &&
    events.chainAt(certificate.pathname) !== null &&
    body["auth_algo"] === "SHA256withRSA" &&
    body["webhook_id"] === webhookId &&
    isObject(part(body, "webhook_event"));
  const message = [
    text(body, "transmission_id"),
    text(body, "transmission_time"),
    webhookId,
    crc32(Buffer.from(rawMember(request.body, "webhook_event"))),
  ].join("|");
  const signature = Buffer.from(text(body, "transmission_sig") ?? "", "base64");
  const isRight =
    isOurs && verify("sha256", Buffer.from(message), createPublicKey(events.leaf().key), signature);
  return ok({ verification_status: isRight ? "SUCCESS" : "FAILURE" });
}

/** The text of one member of a JSON object, unread: from after its colon to where its value ends. */
function rawMember(json: string, name: string): string {
  const start = json.indexOf(`"${name}":`) + name.length + 3;
  let depth = 0;
  let isText = false;
  for (let at = start; at < json.length; at += 1) {
    const character = json[at];
    if (isText) {
      if (character === "\\") at += 1;
      else if (character === '"') isText = false;
    } else if (character === '"') isText = true;
    else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") {
      depth -= 1;
      if (depth === 0) return json.slice(start, at + 1).trim();
    }
  }
  return "";
}
