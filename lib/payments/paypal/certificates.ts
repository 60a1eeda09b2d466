import { X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";
import { type Installation, isPaypalHost } from "./installation";
import { maySign } from "./key-usage";

const ANSWER_WITHIN_MS = 2_000;
const MOST_BYTES = 64 * 1024;
const MOST_KEPT = 16;
const KEPT_MS = 86_400_000;
const MOST_FAILED = 1_000;
const FAILED_MS = 60_000;
const MOST_IN_CHAIN = 6;

/**
 * What a certificate's address came to.
 *
 * - `foreign`: not an address of PayPal's; nothing was asked for
 * - `unreachable`: it may be right, and nobody could look
 * - `missing`: PayPal answers, and has none there
 * - `untrusted`: it was read, and proves nothing
 * - `unasked`: it may be right, and this caller has made us look too often
 */
export type CertificateLookup =
  | { readonly found: "trusted"; readonly certificate: X509Certificate }
  | Unproven;

interface Unproven {
  readonly found: "foreign" | "unreachable" | "missing" | "untrusted" | "other-name" | "unasked";
}

interface Kept {
  readonly certificate: X509Certificate;
  readonly until: number;
}

/** What certificates are judged by; tests bring roots and a line of their own. */
export interface TrustOptions {
  readonly apiUrl: string;
  readonly installation: Installation;
  readonly roots?: readonly string[];
  readonly fetch?: typeof globalThis.fetch;
  readonly now?: () => Date;
}

/** @param mayAsk asked before the outside is, but for an address that once had a good certificate */
type FindCertificate = (address: string, mayAsk: () => boolean) => Promise<CertificateLookup>;

/**
 * Finds the certificates with which notices are signed, each by its address. Remembers the good ones for a day, and for
 * a minute where there was none.
 */
export function createCertificates(options: TrustOptions): FindCertificate {
  const now = options.now ?? (() => new Date());
  const kept = new Map<string, Kept>();
  const failed = createFailures(() => now().getTime());
  const asking = new Map<string, Promise<CertificateLookup>>();

  async function look(address: string): Promise<CertificateLookup> {
    const page = await download(options.fetch ?? fetch, address);
    if (page.pem === null) return failed.note(address, page);
    const chain = readChain(page.pem);
    const [leaf] = chain;
    if (!leaf || !isTrusted(chain, now(), options)) return failed.note(address, { found: "untrusted" });
    if (!hasRightName(leaf, options.installation)) return failed.note(address, { found: "other-name" });
    const until = Math.min(leaf.validToDate.getTime(), now().getTime() + KEPT_MS);
    // Only what was found good is kept, so that a forger's addresses push nothing out.
    const [oldest] = kept.keys();
    if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    kept.set(address, { certificate: leaf, until });
    return { found: "trusted", certificate: leaf };
  }

  return (address, mayAsk) => {
    if (!isAllowed(address, options)) return Promise.resolve({ found: "foreign" });
    const known = kept.get(address);
    if (known && known.until > now().getTime())
      return Promise.resolve({ found: "trusted", certificate: known.certificate });
    const lately = asking.get(address) ?? failed.find(address);
    if (lately) return Promise.resolve(lately);
    if (!known && !mayAsk()) return Promise.resolve({ found: "unasked" });
    const underWay = look(address).finally(() => asking.delete(address));
    asking.set(address, underWay);
    return underWay;
  };
}

/** Where there was no good certificate a moment ago: a forger's addresses are many, so that the oldest are forgotten. */
function createFailures(now: () => number) {
  const failures = new Map<string, { readonly verdict: Unproven; readonly until: number }>();
  return {
    note(address: string, { found }: Unproven): Unproven {
      const [oldest] = failures.keys();
      if (failures.size >= MOST_FAILED && oldest !== undefined) failures.delete(oldest);
      failures.delete(address);
      failures.set(address, { verdict: { found }, until: now() + FAILED_MS });
      return { found };
    },
    find(address: string): Unproven | undefined {
      const failure = failures.get(address);
      return failure && failure.until > now() ? failure.verdict : undefined;
    },
  };
}

/** Whether a certificate may be asked for there: the address comes from whoever sent the notice. */
function isAllowed(address: string, { apiUrl, installation }: TrustOptions): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username !== "" || url.password !== "") return false;
  if (installation === "simulator") return url.origin === new URL(apiUrl).origin;
  return url.protocol === "https:" && url.port === "" && isPaypalHost(url.hostname);
}

type Page = { readonly pem: string } | { readonly pem: null; readonly found: "unreachable" | "missing" };

async function download(request: typeof fetch, address: string): Promise<Page> {
  try {
    const response = await request(address, {
      redirect: "manual", // followed nowhere: a page that has moved is no certificate
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    if (response.status !== 200 || !response.body)
      return { pem: null, found: isOutage(response.status) ? "unreachable" : "missing" };
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body) {
      size += chunk.byteLength;
      if (size > MOST_BYTES) return { pem: null, found: "missing" };
      chunks.push(chunk);
    }
    return { pem: Buffer.concat(chunks).toString("latin1") };
  } catch {
    return { pem: null, found: "unreachable" };
  }
}

/** Whether a status says "not now"; any other, a 404 first of all, says that there is no certificate. */
function isOutage(status: number): boolean {
  return status >= 500 || status === 408 || status === 429;
}

/** The certificates of a PEM file, leaf first; none when one of them cannot be read. */
function readChain(pem: string): X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  try {
    return blocks.slice(0, MOST_IN_CHAIN).map((block) => new X509Certificate(block));
  } catch {
    return [];
  }
}

/** In date, each signed by the next, and the last by a root that we trust (at a simulator: by itself). */
function isTrusted(chain: readonly X509Certificate[], at: Date, options: TrustOptions): boolean {
  const [leaf] = chain;
  const top = chain.at(-1);
  if (!leaf || !top || !maySign(leaf) || !chain.every((one) => isInDate(one, at))) return false;
  const isLinked = chain.every((one, index) => {
    const issuer = chain[index + 1];
    return !issuer || isIssuedBy(one, issuer);
  });
  if (!isLinked) return false;
  if (options.installation === "simulator") return top.issuer === top.subject && top.verify(top.publicKey);
  return rootsOf(options.roots ?? rootCertificates).some(
    (root) =>
      isInDate(root, at) &&
      (root.fingerprint256 === top.fingerprint256 ? chain.length > 1 : isIssuedBy(top, root)),
  );
}

function isIssuedBy(one: X509Certificate, issuer: X509Certificate): boolean {
  return issuer.ca && one.checkIssued(issuer) && one.verify(issuer.publicKey);
}

function isInDate({ validFromDate, validToDate }: X509Certificate, at: Date): boolean {
  return validFromDate <= at && at <= validToDate;
}

const parsedRoots = new WeakMap<readonly string[], X509Certificate[]>();

function rootsOf(pems: readonly string[]): X509Certificate[] {
  const known = parsedRoots.get(pems) ?? pems.map((pem) => new X509Certificate(pem));
  parsedRoots.set(pems, known);
  return known;
}

/** Production's certificate never vouches for the sandbox's notices, nor the other way round. */
function hasRightName(leaf: X509Certificate, installation: Installation): boolean {
  const names = leaf.subject.split("\n").filter((line) => line.startsWith("CN="));
  const production = "CN=messageverificationcerts.paypal.com";
  const sandbox = "CN=messageverificationcerts.sandbox.paypal.com";
  const right = { production: [production], sandbox: [sandbox], simulator: [production, sandbox] };
  return names.length === 1 && right[installation].includes(names[0] ?? "");
}
