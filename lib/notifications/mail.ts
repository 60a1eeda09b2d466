import "server-only";
import { createTransport } from "nodemailer";
import { env } from "@/lib/env";

export interface Attachment {
  readonly filename: string;
  readonly content: Uint8Array;
  readonly contentType: string;
}

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly attachments?: readonly Attachment[];
  /** The same for every try, so that a server or mailbox can tell a repeat. */
  readonly idempotencyKey: string;
}

export interface Mailer {
  /** @throws Error when the server did not take the mail; the caller tries again */
  send(mail: Mail): Promise<void>;
  close(): void;
}

const CONNECT_MS = 10_000;
const SOCKET_MS = 20_000;

/**
 * A mailer over one SMTP server.
 *
 * @param smtpUrl `smtp://user:password@host:587` or `smtps://…`
 * @param appUrl its host is the sender's domain
 */
export function createMailer(smtpUrl: string, appUrl: string): Mailer {
  const domain = domainOf(appUrl);
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 2,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SOCKET_MS,
    disableFileAccess: true, // nothing in a mail may name a file or an address to be read
    disableUrlAccess: true,
  });
  return {
    async send({ to, subject, html, text, attachments = [], idempotencyKey }) {
      await transport.sendMail({
        from: { name: "Opttius", address: `no-reply@${domain}` },
        to: { name: "", address: to }, // an object, so that a comma in it cannot add a recipient
        subject,
        html,
        text,
        messageId: `<${idempotencyKey}@${domain}>`,
        headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
        attachments: attachments.map(({ filename, content, contentType }) => ({
          filename,
          content: Buffer.from(content),
          contentType,
        })),
      });
    },
    close: () => transport.close(),
  };
}

let configured: Mailer | undefined;

/**
 * Sends a mail through the configured server.
 *
 * @throws Error when no server is configured or it did not take the mail
 */
export function sendMail(mail: Mail): Promise<void> {
  if (!env.SMTP_URL) return Promise.reject(new Error("SMTP_URL is not set: mails cannot be sent"));
  configured ??= createMailer(env.SMTP_URL, env.APP_URL);
  return configured.send(mail);
}

/**
 * Whether a server will never take a mail for this recipient: it knows no such address (RFC 3463 and 7505). Refusals for
 * any other reason may pass: of its own policy, or of our own address, of which servers speak at the recipient, too.
 */
export function isUnknownRecipient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { command, responseCode, response } = error as Error & {
    readonly command?: string;
    readonly responseCode?: number;
    readonly response?: string;
  };
  return (
    command === "RCPT TO" &&
    (responseCode ?? 0) >= 500 &&
    /^\d{3}[ -]5\.1\.(1|2|3|6|10)\b/.test(response ?? "")
  );
}

/** Ends the connections that `sendMail` keeps open. */
export function closeMailer(): void {
  configured?.close();
  configured = undefined;
}

/** A sender needs a name with a dot; an address or `localhost` is none. */
function domainOf(appUrl: string): string {
  const { hostname } = new URL(appUrl);
  return /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$/i.test(hostname) ? hostname : "opttius.local";
}
