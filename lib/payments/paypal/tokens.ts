import { z } from "zod";
import type { HttpClient } from "../http";
import type { Operation } from "../http-policy";
import { failed, type Outcome, succeeded } from "../outcome";
import { redact } from "../redact";
import { readJson, refusalOf } from "./answers";
import type { PaypalSettings } from "./settings";

export interface Token {
  readonly text: string;
  readonly application: string | null;
  /** When it is renewed, in milliseconds since 1970: some time before it ends. */
  readonly until: number;
}

/** The access token of this process. */
export interface Tokens {
  get(operation: Operation): Promise<Outcome<Token>>;
  /** The next `get` asks for another; a newer one is left alone. */
  forget(token: Token): void;
}

const answer = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive(),
  app_id: z.string().nullish(),
});
const RENEWED_BEFORE_MS = 120_000;

/** Asks for a token once and keeps it: one for each call would meet PayPal's rate limit. */
export function createTokens(settings: PaypalSettings, http: HttpClient, secrets: string[]): Tokens {
  const configured = secrets.length;
  let kept: Token | null = null;
  let asking: Promise<Outcome<Token>> | null = null;

  async function ask(operation: Operation): Promise<Outcome<Token>> {
    const basic = Buffer.from(`${settings.clientId}:${settings.clientSecret}`).toString("base64");
    const sent = await http.send({
      operation,
      method: "POST",
      path: "v1/oauth2/token",
      headers: { authorization: `Basic ${basic}`, "content-type": "application/x-www-form-urlencoded" },
      body: "grant_type=client_credentials",
    });
    if (!sent.ok) {
      const { failure } = sent;
      // A token that nobody received moves no money: the call that needed it was never made.
      return failure.kind === "unknown-outcome" ? failed("unavailable", failure.code, failure.detail) : sent;
    }
    const { status, text } = sent.value;
    const body = readJson(text);
    const token = answer.safeParse(body);
    if (status !== 200 || !token.success)
      return (
        (status === 200 ? null : refusalOf(status, body, secrets)) ??
        failed("unavailable", "malformed", redact(text, secrets, 120))
      );
    kept = {
      text: token.data.access_token,
      application: token.data.app_id ?? null,
      until: Date.now() + token.data.expires_in * 1_000 - RENEWED_BEFORE_MS,
    };
    secrets.splice(configured, 1, kept.text);
    return succeeded(kept);
  }

  return {
    get(operation) {
      if (kept && kept.until > Date.now()) return Promise.resolve(succeeded(kept));
      asking ??= ask(operation).finally(() => (asking = null));
      return asking;
    },
    forget(token) {
      if (kept === token) kept = null;
    },
  };
}
