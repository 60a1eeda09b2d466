import { User } from "mercadopago";
import { z } from "zod";
import type { SetupReport } from "../gateway";
import { failed, type Outcome, succeeded } from "../outcome";
import { isMissing, type MercadoPagoClient, type MercadoPagoSettings } from "./client";
import { type Account, collectorOf, type Payment } from "./map";

/** `APP_USR-<application>-<date>-<random>-<user>`; `TEST-…` where no money moves. */
const OWNER_IN_TOKEN = /^(?:APP_USR|TEST)-\d+-\d{6}-[0-9a-f]{32}-(\d+)$/i;
const REAL_HOST = "api.mercadopago.com";

const text = z.union([z.string().min(1), z.number()]).transform(String);
const me = z.object({
  id: text,
  nickname: z.string().nullish(),
  site_id: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
});

/** Tells whose payments are ours. */
export interface OwnAccount {
  /** The account to judge a payment by; asks Mercado Pago once, when the token does not tell its owner. */
  judging(payments: readonly Payment[]): Promise<Outcome<Account>>;
}

/** Our account there as the token tells it: never as a notice or a payment does. */
export function createOwnAccount(settings: MercadoPagoSettings, client: MercadoPagoClient): OwnAccount {
  const isTest = isTestToken(settings.accessToken);
  let ownerId = OWNER_IN_TOKEN.exec(settings.accessToken)?.[1];
  return {
    async judging(payments) {
      if (ownerId === undefined && payments.some((payment) => collectorOf(payment) !== null)) {
        const answer = await client.ask((config) => new User(config).get());
        if (!answer.ok && !isMissing(answer.failure)) return answer;
        ownerId = answer.ok ? me.safeParse(answer.value).data?.id : undefined;
      }
      return succeeded({ isTest, ownerId: ownerId ?? null });
    },
  };
}

/**
 * Whether the token opens an account that can take our payments. No call tells where notices go, or whether the
 * webhook secret is the right one.
 */
export async function checkSetup(
  settings: MercadoPagoSettings,
  client: MercadoPagoClient,
): Promise<Outcome<SetupReport>> {
  const answer = await client.ask((config) => new User(config).get());
  if (!answer.ok) return answer;
  const user = me.safeParse(answer.value).data;
  if (!user) return failed("unavailable", "malformed", "users/me answered in no known form");
  if (user.site_id && user.site_id !== "MLC")
    return failed("invalid", "site", `the account belongs to ${user.site_id}, not to Chile (MLC)`);
  const testMode =
    isTestToken(settings.accessToken) ||
    (user.tags ?? []).includes("test_user") ||
    new URL(settings.apiUrl).host !== REAL_HOST;
  const account = user.nickname ? `${user.nickname} (${user.id})` : user.id;
  return succeeded({ account, testMode, notices: "unknown" });
}

function isTestToken(accessToken: string): boolean {
  return accessToken.startsWith("TEST-");
}
