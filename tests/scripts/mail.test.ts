import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import { expect, onTestFinished, test } from "vitest";
import type { CaughtMail } from "@/scripts/services/caught-mail";
import { startMail } from "@/scripts/services/mail";
import { freePort } from "@/scripts/services/ports";

async function catcher(directory = mkdtempSync(join(tmpdir(), "opttius-mail-"))) {
  const mail = await startMail({ port: await freePort(), smtpPort: await freePort(), directory });
  onTestFinished(async () => {
    await mail.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  const list = async (to = ""): Promise<CaughtMail[]> =>
    (await (await fetch(`${mail.url}/api/messages?to=${to}`)).json()) as CaughtMail[];
  return {
    ...mail,
    directory,
    list,
    transport: createTransport(mail.smtpUrl, { from: "Opttius <no-reply@opttius.test>" }),
  };
}

test("a mail is found by its recipient, newest first, accents and all", async () => {
  const { transport, list } = await catcher();
  await transport.sendMail({ to: "owner@vista.test", subject: "Código ñandú", text: "uno" });
  await transport.sendMail({ to: "owner@vista.test", subject: "Segundo", text: "dos" });
  await transport.sendMail({ to: "owner@lumina.test", subject: "Otro", text: "tres" });
  expect((await list("OWNER@vista")).map((mail) => mail.subject)).toEqual(["Segundo", "Código ñandú"]);
  expect(await list()).toHaveLength(3);
});

test("mails survive a restart", async () => {
  const first = await catcher();
  await first.transport.sendMail({ to: "owner@vista.test", subject: "Sigue aquí", text: "sí" });
  await first.stop();
  const second = await catcher(first.directory);
  expect((await second.list()).map((mail) => mail.subject)).toEqual(["Sigue aquí"]);
});

test("what a mail brings is shown as text or kept in its frame, and runs nowhere", async () => {
  const { transport, list, url } = await catcher();
  const script = "<script>alert(1)</script>";
  await transport.sendMail({ to: "a@vista.test", subject: script, html: `<p>hola</p>${script}` });
  const [mail] = await list();
  const page = await fetch(`${url}/messages/${mail?.id}`);
  expect(await page.text()).not.toContain(script);
  expect(await (await fetch(`${url}/`)).text()).not.toContain(script);
  const body = await fetch(`${url}/messages/${mail?.id}/body`);
  expect(body.headers.get("content-security-policy")).toMatch(/default-src 'none'.*sandbox/);
  expect(body.headers.get("content-security-policy")).not.toMatch(/script-src|allow-scripts/);
});

test("an attachment comes out as it went in", async () => {
  const { transport, list, url } = await catcher();
  const content = Buffer.from([0, 255, 10, 13, 37]);
  await transport.sendMail({
    to: "a@vista.test",
    subject: "Boleta",
    text: "x",
    attachments: [{ filename: "boleta ñ.pdf", content }],
  });
  const [mail] = await list();
  expect(mail?.attachments).toEqual([{ name: "boleta ñ.pdf", type: "application/pdf", bytes: 5 }]);
  const answer = await fetch(`${url}/messages/${mail?.id}/attachments/0`);
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(content);
  expect((await fetch(`${url}/messages/${mail?.id}/attachments/1`)).status).toBe(404);
});

test("a mail above the limit is refused and the next one is caught", async () => {
  const { transport, list } = await catcher();
  await expect(
    transport.sendMail({ to: "a@vista.test", subject: "Grande", text: "x".repeat(11_000_000) }),
  ).rejects.toThrow();
  await transport.sendMail({ to: "a@vista.test", subject: "Chico", text: "x" });
  expect((await list()).map((mail) => mail.subject)).toEqual(["Chico"]);
});

test("the box can be emptied, and what is not there is not found", async () => {
  const { transport, list, url } = await catcher();
  await transport.sendMail({ to: "a@vista.test", subject: "Adiós", text: "x" });
  expect((await fetch(`${url}/api/messages`, { method: "DELETE" })).status).toBe(204);
  expect(await list()).toEqual([]);
  expect((await fetch(`${url}/messages/none`)).status).toBe(404);
  expect((await fetch(`${url}/api/messages/none`)).status).toBe(404);
  expect((await fetch(`${url}/../../etc/passwd`)).status).toBe(404);
});
