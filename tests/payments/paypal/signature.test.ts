import { crc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import { messageOf } from "@/lib/payments/paypal/signature";
import { certify } from "@/scripts/sandbox/paypal/x509";
import { publishedEvent } from "./recorded";
import { authority, EVENT, installation, NOW, notice } from "./signing";

const CERT = "https://api.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-a5cafa77";
const paypal = authority("DigiCert Stand-in");
const stranger = authority("Stranger");
const leaf = paypal.leaf();
const chainOf = (first: typeof leaf, between = paypal.between) => first.pem + between.pem;
const trusted = { roots: [paypal.root.pem], pages: { [CERT]: chainOf(leaf) } };
const genuine = (change: Partial<Parameters<typeof notice>[0]> = {}) =>
  notice({ by: leaf, certificateUrl: CERT, ...change });
const REFUSED = { verdict: "rejected", reason: "not-authentic" };

describe("the signed text", () => {
  test("of PayPal's published event is the published one, with its CRC in unsigned decimal", () => {
    const body = Buffer.from(publishedEvent);
    const transmission = { id: "dfb3be50-fd74-11e4-8bf3-77339302725b", time: "2015-05-18T15:45:13Z" };
    expect(messageOf(transmission, "4JH86294D6297924G", body)).toBe(
      "dfb3be50-fd74-11e4-8bf3-77339302725b|2015-05-18T15:45:13Z|4JH86294D6297924G|2771810304",
    );
    expect(crc32(body)).toBeGreaterThan(2 ** 31);
  });
});

describe("a notice at a shop that is open", () => {
  test("is authentic when PayPal's certificate vouches for it, and the certificate is asked for once", async () => {
    const { verify, asked, bodies } = installation(trusted);
    const [first, again] = await Promise.all([verify(genuine()), verify(genuine())]);
    expect(first).toEqual({
      verdict: "authentic",
      notice: {
        dedupeKey: "WH-2WR32451HC0233532",
        kind: "payment",
        ref: { kind: "capture", value: "3C6" },
        needsFetch: true,
      },
    });
    expect(again).toEqual(first); // the same event again has the same key, and is stored once
    expect(await verify(genuine())).toEqual(first);
    expect(asked).toEqual([CERT]);
    expect(bodies).toEqual([]);
  });

  test.each([
    ["a changed body", { body: EVENT.replace("3C6", "3C7") }],
    ["a body with a space more", { body: `${EVENT} ` }],
    ["the same JSON written otherwise", { body: JSON.stringify(JSON.parse(EVENT), null, 1) }],
    ["an empty body", { body: "" }],
  ])("with %s is refused", async (_what, change) => {
    const { verify } = installation(trusted);
    const sent = genuine();
    expect(await verify({ ...sent, rawBody: Buffer.from(change.body) })).toEqual(REFUSED);
  });

  test("for another webhook, of whatever merchant, is refused", async () => {
    const { verify } = installation(trusted);
    expect(await verify(genuine({ webhookId: "8PT597110X687430LKGECATA" }))).toEqual(REFUSED);
  });

  test("of the dashboard's simulator is refused, even where its name was configured", async () => {
    const sent = genuine({ webhookId: "WEBHOOK_ID" });
    expect(await installation(trusted).verify(sent)).toEqual(REFUSED);
    const careless = installation({ ...trusted, webhookId: "WEBHOOK_ID", verdict: "SUCCESS" });
    expect(await careless.verify(sent)).toEqual(REFUSED);
    expect(await installation({ ...trusted, webhookId: "" }).verify(genuine({ webhookId: "" }))).toEqual(
      REFUSED,
    );
  });

  const names = [
    "paypal-transmission-id",
    "paypal-transmission-time",
    "paypal-transmission-sig",
    "paypal-cert-url",
    "paypal-auth-algo",
  ];
  test.each(names)("without %s, with it empty or twice, is refused", async (name) => {
    const { verify, asked, bodies } = installation({ ...trusted, verdict: "SUCCESS" });
    expect(await verify(genuine({ headers: { [name]: null } }))).toEqual(REFUSED);
    expect(await verify(genuine({ headers: { [name]: "" } }))).toEqual(REFUSED);
    const twice = genuine();
    twice.headers.append(name, twice.headers.get(name) ?? "");
    expect(await verify(twice)).toEqual(REFUSED);
    expect([asked, bodies]).toEqual([[], []]);
  });

  test.each(["SHA1withRSA", "sha256withrsa", "none", "SHA256withECDSA"])(
    "signed by %s is refused",
    async (algorithm) => {
      const { verify } = installation(trusted);
      expect(await verify(genuine({ headers: { "paypal-auth-algo": algorithm } }))).toEqual(REFUSED);
    },
  );

  test.each([
    "https://paypal.com.example/cert.pem",
    "https://notpaypal.com/cert.pem",
    "http://api.paypal.com/cert.pem",
    "https://api.paypal.com:8443/cert.pem",
    "https://api.paypal.com@evil.example/cert.pem",
    "https://user:word@api.paypal.com/cert.pem",
    "https://127.0.0.1/cert.pem",
    "https://evil.example/?api.paypal.com",
    "https://evil.example\\.paypal.com/cert.pem",
    "file:///etc/passwd",
    "data:text/plain,x",
  ])("that points to %s is refused, and nobody is asked", async (address) => {
    const own = stranger.leaf();
    const pages = { ...trusted.pages, [address]: chainOf(own, stranger.between) };
    const { verify, asked, bodies } = installation({ ...trusted, pages, verdict: "SUCCESS" });
    expect(await verify(notice({ by: own, certificateUrl: address }))).toEqual(REFUSED);
    expect([asked, bodies]).toEqual([[], []]);
  });

  test("is authentic whichever host of PayPal's has the certificate", async () => {
    for (const address of [
      "https://paypal.com/c.pem",
      "https://api-m.paypal.com:443/c.pem",
      "https://a.b.paypal.com/c",
    ]) {
      const { verify } = installation({ ...trusted, pages: { [address]: chainOf(leaf) } });
      expect((await verify(genuine({ certificateUrl: address }))).verdict, address).toBe("authentic");
    }
  });

  const day = 86_400_000;
  const bad: [string, () => { by: typeof leaf; pem: string }][] = [
    ["has ended", () => leafWith({ to: new Date(NOW.getTime() - day) })],
    ["begins tomorrow", () => leafWith({ from: new Date(NOW.getTime() + day) })],
    ["has another name", () => leafWith({ name: "www.paypal.com" })],
    ["is the sandbox's", () => leafWith({ name: "messageverificationcerts.sandbox.paypal.com" })],
    ["only signs certificates", () => leafWith({ usage: 0x04 })],
    [
      "comes from an authority that we do not trust",
      () => {
        const own = stranger.leaf();
        return { by: own, pem: chainOf(own, stranger.between) };
      },
    ],
    [
      "is followed by an authority that did not sign it",
      () => {
        const own = stranger.leaf();
        return { by: own, pem: chainOf(own, paypal.between) };
      },
    ],
    [
      "was signed by a leaf that is no authority",
      () => {
        const near = paypal.leaf({ usage: 0x84 }); // may sign certificates, and is no authority
        const own = certify({
          ...SPAN,
          name: "messageverificationcerts.paypal.com",
          issuer: near,
          isAuthority: false,
        });
        return { by: own, pem: own.pem + near.pem + paypal.between.pem };
      },
    ],
    [
      "signs itself",
      () => {
        const own = certify({
          ...SPAN,
          name: "messageverificationcerts.paypal.com",
          issuer: null,
          isAuthority: false,
        });
        return { by: own, pem: own.pem };
      },
    ],
    [
      "is no certificate",
      () => ({ by: leaf, pem: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" }),
    ],
    ["is a page of HTML", () => ({ by: leaf, pem: "<html></html>" })],
  ];
  const SPAN = { from: new Date(NOW.getTime() - day), to: new Date(NOW.getTime() + day) };
  const leafWith = (change: Parameters<typeof paypal.leaf>[0]) => {
    const by = paypal.leaf(change);
    return { by, pem: chainOf(by) };
  };
  test.each(bad)("whose certificate %s is refused without asking further", async (_what, make) => {
    const { by, pem } = make();
    const { verify, bodies } = installation({ ...trusted, pages: { [CERT]: pem }, verdict: "SUCCESS" });
    expect(await verify(notice({ by, certificateUrl: CERT }))).toEqual(REFUSED);
    expect(bodies).toEqual([]);
  });

  test("whose certificate ended since it was first read is refused", async () => {
    let now = NOW;
    const { verify } = installation({ ...trusted, now: () => now });
    expect((await verify(genuine())).verdict).toBe("authentic");
    now = new Date(NOW.getTime() + 366 * day);
    expect((await verify(genuine())).verdict).toBe("rejected");
  });

  test("is proven by PayPal's own word where the certificate cannot be had", async () => {
    const away: Record<string, string | number>[] = [{}, { [CERT]: 503 }, { [CERT]: 429 }];
    for (const pages of away) {
      const yes = installation({ ...trusted, pages, verdict: "SUCCESS" });
      expect((await yes.verify(genuine())).verdict).toBe("authentic");
      expect(yes.bodies).toHaveLength(1);
      expect(await installation({ ...trusted, pages, verdict: "FAILURE" }).verify(genuine())).toEqual(
        REFUSED,
      );
      // Nobody who could tell answered: PayPal is to send it again, and no forgery is counted.
      expect(await installation({ ...trusted, pages, verdict: "away" }).verify(genuine())).toEqual({
        verdict: "rejected",
        reason: "unanswered",
      });
    }
  });
});

describe("forgers who make up addresses of certificates", () => {
  const made = (n: number) => `https://api.paypal.com/v1/notifications/certs/CERT-${n}`;
  const forger = stranger.leaf();
  const forged = (n: number) => notice({ by: forger, certificateUrl: made(n) });
  const few = (most: number) => {
    let left = most;
    return () => left-- > 0;
  };

  test.each([
    ["nothing there", 404],
    ["a page that has moved", 302],
    ["another page", "<html>"],
    ["a page without an end", "x".repeat(70_000)],
  ])("are refused by one look, where PayPal has %s, and by none for a minute", async (_what, page) => {
    let now = NOW;
    const pages = { [made(1)]: page };
    const { verify, asked, bodies } = installation({
      ...trusted,
      pages,
      verdict: "SUCCESS",
      now: () => now,
    });
    for (let time = 0; time < 10; time += 1) expect(await verify(forged(1))).toEqual(REFUSED);
    expect([asked.length, bodies.length]).toEqual([1, 0]);
    now = new Date(NOW.getTime() + 61_000);
    expect(await verify(forged(1))).toEqual(REFUSED);
    expect(asked).toHaveLength(2);
  });

  test("make us look no more often than they may, while a genuine notice is proven by what we hold", async () => {
    const { verify, asked, bodies } = installation({ ...trusted, verdict: "FAILURE" });
    expect((await verify(genuine())).verdict).toBe("authentic");
    const mayAsk = few(30);
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, (_, n) => verify({ ...forged(n), mayAsk })),
    );
    expect(asked.length + bodies.length).toBeLessThanOrEqual(31);
    expect(answers.some(({ verdict }) => verdict === "authentic")).toBe(false);
    expect((await verify({ ...genuine(), mayAsk })).verdict).toBe("authentic");
    expect(await verify({ ...forged(2_000), mayAsk })).toEqual({ verdict: "rejected", reason: "unanswered" });
  });

  test("do not keep us from reading a certificate again that was good before", async () => {
    let now = NOW;
    const { verify, asked } = installation({ ...trusted, now: () => now });
    await verify(genuine());
    now = new Date(NOW.getTime() + 2 * 86_400_000);
    expect((await verify({ ...genuine(), mayAsk: () => false })).verdict).toBe("authentic");
    expect(asked).toEqual([CERT, CERT]);
  });
});

describe("a notice of PayPal's sandbox", () => {
  const sandboxLeaf = paypal.leaf({ name: "messageverificationcerts.sandbox.paypal.com" });
  const SANDBOX_CERT = "https://api.sandbox.paypal.com/v1/notifications/certs/CERT-1";
  const pages = { [SANDBOX_CERT]: chainOf(sandboxLeaf), [CERT]: chainOf(leaf) };
  const sent = notice({ by: sandboxLeaf, certificateUrl: SANDBOX_CERT });

  test("is refused by a shop that takes money", async () => {
    expect(await installation({ ...trusted, pages }).verify(sent)).toEqual(REFUSED);
  });

  test("is taken by one that tests there, which takes none of the real PayPal's", async () => {
    const testing = { ...trusted, pages, apiUrl: "https://api-m.sandbox.paypal.com" };
    expect((await installation(testing).verify(sent)).verdict).toBe("authentic");
    expect(await installation(testing).verify(genuine())).toEqual(REFUSED);
  });
});
