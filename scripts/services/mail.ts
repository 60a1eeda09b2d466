import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import type { CaughtMail } from "./caught-mail";
import { listPage, messagePage } from "./mail-pages";

export type MailOptions = {
  /** Of the page that shows the mails. */
  port: number;
  smtpPort: number;
  /** Where mails are kept between starts. */
  directory: string;
};

const MAX_MAIL_BYTES = 10_000_000;
const MAX_ALL_BYTES = 200_000_000;
const MAX_MAILS = 1_000;

/**
 * Catches every mail that is sent by SMTP and shows it on a page; nothing leaves the machine.
 * `GET /api/messages?to=` answers them as JSON, newest first.
 */
export async function startMail(
  options: MailOptions,
): Promise<{ url: string; smtpUrl: string; stop(): Promise<void> }> {
  const box = openBox(options.directory);
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    size: MAX_MAIL_BYTES,
    onAuth: (_auth, _session, done) => done(null, { user: "anybody" }),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        if (stream.sizeExceeded) {
          done(Object.assign(new Error("The message is too large"), { responseCode: 552 }));
          return;
        }
        const recipients = session.envelope.rcptTo.map((recipient) => recipient.address);
        box.keep(Buffer.concat(chunks), recipients).then(() => done(), done);
      });
    },
  });
  smtp.on("error", () => undefined); // a client that hangs up is no reason to stop
  await new Promise<void>((resolve, reject) => {
    smtp.server.once("error", reject);
    smtp.listen(options.smtpPort, "127.0.0.1", resolve);
  });

  const http = createServer((request, response) => void answer(box, request, response));
  await new Promise<void>((resolve, reject) => {
    http.once("error", reject);
    http.listen(options.port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${options.port}`,
    smtpUrl: `smtp://127.0.0.1:${options.smtpPort}`,
    async stop() {
      http.closeAllConnections();
      await Promise.all([
        new Promise((done) => http.close(done)),
        new Promise<void>((done) => smtp.close(done)),
      ]);
    },
  };
}

type Box = ReturnType<typeof openBox>;

/** The mails of a directory: `<id>.eml` as received, `<id>.json` as read. Ids grow with time. */
function openBox(directory: string) {
  mkdirSync(directory, { recursive: true });
  const file = (id: string, kind: "eml" | "json") => join(directory, `${id}.${kind}`);
  let mails = readdirSync(directory)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(directory, name), "utf8")) as CaughtMail);

  function forget(mail: CaughtMail): void {
    mails = mails.filter((other) => other !== mail);
    for (const kind of ["eml", "json"] as const) rmSync(file(mail.id, kind), { force: true });
  }

  function makeRoom(): void {
    let bytes = mails.reduce(
      (sum, mail) => sum + (statSync(file(mail.id, "eml"), { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
    while (mails[0] && (mails.length > MAX_MAILS || bytes > MAX_ALL_BYTES)) {
      bytes -= statSync(file(mails[0].id, "eml"), { throwIfNoEntry: false })?.size ?? 0;
      forget(mails[0]);
    }
  }

  return {
    async keep(raw: Buffer, recipients: string[]): Promise<void> {
      const mail = describe(await simpleParser(raw, { skipTextToHtml: true }), recipients);
      writeFileSync(file(mail.id, "eml"), raw);
      writeFileSync(file(mail.id, "json"), JSON.stringify(mail));
      mails.push(mail);
      if (mails.length % 20 === 0) makeRoom();
    },
    /** Newest first; `to` is a part of a recipient's address. */
    list(to: string): CaughtMail[] {
      const wanted = to.trim().toLowerCase();
      return mails
        .filter((mail) => mail.to.some((address) => address.toLowerCase().includes(wanted)))
        .reverse();
    },
    find: (id: string): CaughtMail | null => mails.find((mail) => mail.id === id) ?? null,
    raw: (mail: CaughtMail): Buffer => readFileSync(file(mail.id, "eml")),
    clear(): void {
      for (const mail of mails) forget(mail);
    },
  };
}

function describe(parsed: ParsedMail, recipients: string[]): CaughtMail {
  return {
    id: `${Date.now().toString(36)}${randomBytes(4).toString("hex")}`,
    at: new Date().toISOString(),
    from: parsed.from?.text ?? "",
    to: recipients,
    subject: parsed.subject ?? "",
    text: parsed.text ?? "",
    html: parsed.html || null,
    attachments: parsed.attachments.map(({ filename, contentType, size }) => ({
      name: filename ?? "attachment",
      type: contentType,
      bytes: size,
    })),
  };
}

async function answer(box: Box, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://mail");
  const [first, id = "", part, number] = url.pathname.split("/").filter(Boolean);
  const to = url.searchParams.get("to") ?? "";
  if (first === "api" && id === "messages" && request.method === "DELETE") {
    box.clear();
    return send(response, 204, "application/json", "");
  }
  if (first === "api" && id === "messages" && !part) return sendJson(response, 200, box.list(to));
  if (first === "api" && id === "messages") {
    const mail = box.find(part ?? "");
    return sendJson(response, mail ? 200 : 404, mail);
  }
  if (!first) return send(response, 200, "text/html; charset=utf-8", listPage(box.list(to), to));
  const mail = first === "messages" ? box.find(id) : null;
  if (!mail) return send(response, 404, "text/plain; charset=utf-8", "Not found");
  if (part === "body") return send(response, 200, "text/html; charset=utf-8", mail.html ?? "");
  if (part === "attachments") return sendAttachment(box, mail, Number(number), response);
  return send(response, 200, "text/html; charset=utf-8", messagePage(mail));
}

async function sendAttachment(
  box: Box,
  mail: CaughtMail,
  index: number,
  response: ServerResponse,
): Promise<void> {
  const attachment = (await simpleParser(box.raw(mail))).attachments[index];
  if (!attachment) return send(response, 404, "text/plain; charset=utf-8", "Not found");
  const name = encodeURIComponent(attachment.filename ?? "attachment");
  response.setHeader("content-disposition", `attachment; filename*=UTF-8''${name}`);
  send(response, 200, attachment.contentType, attachment.content);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  send(response, status, "application/json", JSON.stringify(body));
}

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  // Mails are strangers' HTML: they may show pictures and colours, and nothing else.
  response.setHeader(
    "content-security-policy",
    "default-src 'none'; img-src data: https:; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; sandbox allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation allow-downloads",
  );
  response.writeHead(status, { "content-type": type, "x-content-type-options": "nosniff" }).end(body);
}
