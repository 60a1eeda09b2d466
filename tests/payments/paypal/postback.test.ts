import { describe, expect, test } from "vitest";
import { certify } from "@/scripts/sandbox/paypal/x509";
import { authority, installation, NOW, notice, WEBHOOK_ID } from "./signing";

const CERT = "https://api.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-a5cafa77";
const paypal = authority("DigiCert Stand-in");
const leaf = paypal.leaf();
const trusted = { roots: [paypal.root.pem], pages: { [CERT]: leaf.pem + paypal.between.pem } };
const genuine = (change: Partial<Parameters<typeof notice>[0]> = {}) =>
  notice({ by: leaf, certificateUrl: CERT, ...change });
const REFUSED = { verdict: "rejected", reason: "not-authentic" };

describe("what PayPal is asked about", () => {
  const odd = [
    '{"id":"WH-1","event_type":"X","n":1.0,"resource":{}}',
    '{"id":"WH-1","event_type":"X","n":1e-7,"m":-0,"resource":{}}',
    '{"id":"WH-1","event_type":"X","n":12345678901234567890,"resource":{}}',
    '{ "id" : "WH-1", "event_type":"X", "resource": { }, "links":[ ] }',
    '{"id":"WH-1","event_type":"X","resource":{"name":"\\u00d3ptica \\/ Ñuñoa 👓","deep":{"a":[{"b":[[]]}]}}}',
    '{"id":"WH-1","event_type":"X","id":"WH-1","resource":null}',
  ];
  test.each(odd)("is the text that came: %s", async (body) => {
    const { verify, bodies } = installation({ verdict: "SUCCESS" });
    expect(await verify(genuine({ body }))).toMatchObject({
      verdict: "authentic",
      notice: { dedupeKey: "WH-1" },
    });
    expect(bodies[0]?.endsWith(`,"webhook_event":${body}}`)).toBe(true);
    expect(JSON.parse(bodies[0] ?? "")).toMatchObject({
      auth_algo: "SHA256withRSA",
      cert_url: CERT,
      transmission_time: "2026-11-20T12:00:00Z",
      webhook_id: WEBHOOK_ID,
    });
  });

  test.each(odd)("is proven here too, over the same bytes: %s", async (body) => {
    const { verify } = installation(trusted);
    expect((await verify(genuine({ body }))).verdict).toBe("authentic");
  });

  test.each(["", "[]", '"x"', '{"id":"WH-1"}, "webhook_id":"x"', '{"a":1}{"b":2}'])(
    "is never a body that is no object: %s",
    async (body) => {
      const { verify, bodies } = installation({ verdict: "SUCCESS" });
      expect((await verify(genuine({ body }))).verdict).toBe("rejected");
      expect(bodies).toEqual([]);
    },
  );

  test("a genuine notice that is no event is malformed", async () => {
    const { verify } = installation(trusted);
    expect(await verify(genuine({ body: '{"hello":1}' }))).toEqual({
      verdict: "rejected",
      reason: "malformed",
    });
  });
});

describe("a notice of a simulator", () => {
  const apiUrl = "http://127.0.0.1:9100/paypal";
  const OWN = "http://127.0.0.1:9100/certs/1.pem";
  const maker = authority("Simulator");
  const own = maker.leaf({ name: "messageverificationcerts.sandbox.paypal.com" });
  const whole = own.pem + maker.between.pem + maker.root.pem;

  test("is authentic by the chain that the simulator itself serves, whole to a root of its own", async () => {
    const { verify } = installation({ apiUrl, pages: { [OWN]: whole } });
    expect((await verify(notice({ by: own, certificateUrl: OWN }))).verdict).toBe("authentic");
  });

  test("is authentic by one certificate that signs itself", async () => {
    const single = certify({
      name: "messageverificationcerts.paypal.com",
      issuer: null,
      isAuthority: false,
      from: new Date(NOW.getTime() - 1_000),
      to: new Date(NOW.getTime() + 1_000),
    });
    const { verify } = installation({ apiUrl, pages: { [OWN]: single.pem } });
    expect((await verify(notice({ by: single, certificateUrl: OWN }))).verdict).toBe("authentic");
  });

  test("is refused where that chain is not whole, in date, or made to sign", async () => {
    const cases = [
      own.pem,
      own.pem + paypal.between.pem + paypal.root.pem,
      maker.leaf({ to: new Date(NOW.getTime() - 1_000) }).pem + maker.between.pem + maker.root.pem,
      maker.leaf({ usage: 0x04 }).pem + maker.between.pem + maker.root.pem,
    ];
    for (const pem of cases) {
      const { verify, bodies } = installation({ apiUrl, pages: { [OWN]: pem }, verdict: "SUCCESS" });
      expect(await verify(notice({ by: own, certificateUrl: OWN }))).toEqual(REFUSED);
      expect(bodies).toEqual([]);
    }
  });

  test("is asked about where we cannot judge: another host's certificate, none, or one of another name", async () => {
    const other = maker.leaf({ name: "webhooks.simulator.test" });
    const cases: [string, string | null][] = [
      [CERT, null],
      ["http://127.0.0.1:9101/certs/1.pem", null],
      [OWN, null],
      [OWN, other.pem + maker.between.pem + maker.root.pem],
    ];
    for (const [certificateUrl, pem] of cases) {
      const pages: Record<string, string> = pem === null ? {} : { [OWN]: pem };
      const sent = notice({ by: own, certificateUrl });
      const yes = installation({ apiUrl, pages, verdict: "SUCCESS" });
      expect((await yes.verify(sent)).verdict, certificateUrl).toBe("authentic");
      expect(yes.asked.filter((one) => !one.startsWith("http://127.0.0.1:9100/"))).toEqual([]);
      expect(await installation({ apiUrl, pages, verdict: "FAILURE" }).verify(sent)).toEqual(REFUSED);
    }
  });
});
