import { readFileSync } from "node:fs";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { App, type EmailDriver } from "@supabase/lite";
import { createPostgresConnection } from "@supabase/lite/postgres";
import { createTransport } from "nodemailer";
import { parse } from "smol-toml";
import { z } from "zod";

export type AuthOptions = {
  port: number;
  /** Address for role `supabase_auth_admin`: with a wider role the server would grant our tables to everybody. */
  databaseUrl: string;
  jwtSecret: string;
  /** `sb_publishable_…`, without which it answers nobody. */
  publishableKey: string;
  smtpUrl: string;
  /** Address of the application, for the texts of mails. */
  appUrl: string;
};

/** The part of supabase/config.toml that the embedded server obeys. */
const projectConfig = z.object({
  auth: z.object({
    jwt_expiry: z.number(),
    enable_signup: z.boolean(),
    minimum_password_length: z.number(),
    refresh_token_reuse_interval: z.number(),
    enable_refresh_token_rotation: z.boolean(),
    email: z.object({
      enable_signup: z.boolean(),
      enable_confirmations: z.boolean(),
      double_confirm_changes: z.boolean(),
      max_frequency: z.string(),
      otp_length: z.number(),
      otp_expiry: z.number(),
      template: z.record(z.string(), z.object({ subject: z.string(), content_path: z.string() })),
    }),
  }),
});

const root = join(import.meta.dirname, "../..");

/**
 * Starts the auth server of the embedded installation: Supabase's API under `/auth/v1`, and no other path.
 *
 * @returns its address, and how to stop it
 */
export async function startAuth(options: AuthOptions): Promise<{ url: string; stop(): Promise<void> }> {
  const { auth } = projectConfig.parse(parse(readFileSync(join(root, "supabase/config.toml"), "utf8")));
  const connection = createPostgresConnection({
    url: options.databaseUrl,
    postgresOptions: { max: 5, onnotice: () => undefined },
  });
  const app = new App({
    connection,
    api: { schemas: [] },
    auth: {
      ...auth,
      enabled: true,
      site_url: options.appUrl,
      additional_redirect_urls: [],
      jwt_secret: options.jwtSecret,
      publishable_key: options.publishableKey,
      email: { ...auth.email, template: absolute(auth.email.template) },
    },
    options: { drivers: { email: mailer(options.smtpUrl) }, server: { admin: false } },
  });
  await app.init();

  const server = serve({
    port: options.port,
    hostname: "127.0.0.1",
    fetch: (request, { incoming }: { incoming: { socket: { remoteAddress?: string } } }) => {
      const { pathname } = new URL(request.url);
      if (!pathname.startsWith("/auth/v1/")) return new Response("Not found", { status: 404 });
      const answer = (asked: Request) =>
        app.fetch(asked, { peerAddress: incoming.socket.remoteAddress ?? null });
      return request.method === "POST" && pathname === "/auth/v1/verify"
        ? verify(request, answer)
        : answer(request);
    },
  });
  await new Promise((resolve, reject) => server.once("listening", resolve).once("error", reject));

  return {
    url: `http://127.0.0.1:${options.port}`,
    async stop() {
      if ("closeAllConnections" in server) server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await connection.close();
    },
  };
}

/**
 * A hosted project takes `type: "email"` for a code, whichever mail brought it. The embedded server knows only
 * the older types, so the code is tried as each of them; a code that fits none is refused as before.
 */
async function verify(request: Request, answer: (asked: Request) => Promise<Response>): Promise<Response> {
  const body = z.looseObject({ type: z.string() }).safeParse(
    await request
      .clone()
      .json()
      .catch(() => null),
  );
  if (!body.success || body.data.type !== "email") return answer(request);
  const as = (type: string) =>
    answer(
      new Request(request.url, {
        method: "POST",
        headers: request.headers,
        body: JSON.stringify({ ...body.data, type }),
      }),
    );
  const first = await as("magiclink");
  return first.ok ? first : as("signup");
}

function absolute<T extends { content_path: string }>(templates: Record<string, T>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(templates).map(([kind, template]) => [
      kind,
      { ...template, content_path: join(root, template.content_path) },
    ]),
  );
}

/** Sends the mails as written in supabase/templates; the plain text is the same words without the markup. */
function mailer(smtpUrl: string): EmailDriver {
  const transport = createTransport(smtpUrl, { from: "Opttius <no-reply@opttius.test>" });
  return {
    async send({ to, subject, html }) {
      const text = html && plain(html);
      await transport.sendMail({ to, subject, ...(html ? { html } : {}), ...(text ? { text } : {}) });
    },
  };
}

function plain(html: string): string {
  return html
    .replace(/<head[\s\S]*?<\/head>/i, "")
    .replace(/<[^>]+>/g, "\n")
    .replace(/\s*\n\s*/g, "\n\n")
    .trim();
}
