import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import { NextRequest } from "next/server";
import { vi } from "vitest";
import { openShop, signIn as signInByPassword } from "@/lib/identity";
import { findInvitation } from "@/lib/identity/invitations";
import { proveAddress, sendCode } from "@/lib/identity/mailed-code";
import { proveFactor } from "@/lib/identity/prove-factor";
import { requirePassword } from "@/lib/identity/require-password";
import type { Member } from "@/lib/security/member";
import type { Limit } from "@/lib/security/rate-limit";
import { refreshSession } from "@/lib/security/refresh-session";
import { SESSION_COOKIE } from "@/lib/security/session";
import type { Visitor } from "@/lib/security/visitor";
import { database } from "@/tests/fixtures";
import { cookieHeader } from "@/tests/fixtures/at-work";
import { JWT_SECRET } from "@/tests/support/environment";
import { read } from "../../repo/files";
import { actions } from "./actions";
import { APP_URL, isAction, isRoute } from "./browser";
import { actionEntrances, routeEntrances, sourceFiles } from "./entrances";
import { outcomeOfAction, outcomeOfResponse } from "./outcome";
import { routes } from "./routes";
import type { World } from "./world";

/** Somebody who tries: an owner at work, in a browser from some address. */
export interface Trying {
  readonly world: World;
  readonly member: Member;
  readonly visitor: Visitor;
  readonly sessionId: string;
}

/** One place where attempts are counted. */
export interface Site {
  /** What is counted there, as it was declared: the test uses the allowance up by the same words. */
  readonly counted: readonly ((who: Trying) => Limit)[];
  /** One attempt, all the way through the product. @returns the code of its refusal, or what came of it */
  readonly attempt: (who: Trying) => Promise<string>;
}

/** Where limits are made. What they export is counted where it is called. */
const MAKERS = /^lib\/(security\/(rate-limit|rate-limiter|read-limits)|identity\/limits)\.ts$/;

/** Every place of the product that counts an attempt: its file, and what it calls there. */
export function countingPlaces(): string[] {
  const found = sourceFiles()
    .filter((file) => !MAKERS.test(file))
    .flatMap((file) =>
      [...read(file).matchAll(/(?<!function |\.|\w)(limit(?:[A-Z]\w*)?)\((?:\{ name: "([\w.-]+)")?/g)]
        .map(([, called = "", name]) => (name ? `${called} ${name}` : called))
        .map((call) => `${file}: ${call}`),
    );
  return [...new Set(found)].sort();
}

const handlers = new Map(
  [...(await routeEntrances()), ...(await actionEntrances())].map(({ name, run }) => [name, run]),
);

const limitOf =
  (name: string, max: number, perSeconds: number, kind: Limit["kind"], key: (who: Trying) => string) =>
  (who: Trying): Limit => ({ name, key: key(who), max, perSeconds, kind });
const ofPerson = ({ member }: Trying) => member.userId;

function byRoute(name: string): Site["attempt"] {
  return async ({ world }) => {
    const run: unknown = handlers.get(name);
    const sent = routes[name]?.send(world.own);
    if (!isRoute(run) || !sent) throw new Error(`${name} is no route any more`);
    const [method = ""] = name.split(" ");
    const request = new NextRequest(`${APP_URL}/a-route?${new URLSearchParams(sent.query)}`, {
      method,
      headers: { cookie: cookieHeader(), origin: APP_URL, ...sent.headers },
      ...(sent.body !== undefined && { body: JSON.stringify(sent.body) }),
    });
    const answer = await run(request, { params: Promise.resolve(sent.params ?? {}) });
    const { status, code } = await outcomeOfResponse(answer);
    return code || String(status);
  };
}

async function act(name: string, sent: readonly unknown[]): Promise<string> {
  const run: unknown = handlers.get(name);
  if (!isAction(run)) throw new Error(`${name} is no action any more`);
  const { status, code } = await outcomeOfAction(() => run(...sent));
  return code || String(status);
}

function byAction(name: string): Site["attempt"] {
  return ({ world }) => act(name, actions[name]?.send(world.own) ?? []);
}

function byVerb(act: (who: Trying) => Promise<unknown>): Site["attempt"] {
  return (who) =>
    act(who).then(
      () => "went through",
      (error: unknown) => (error as { code?: string }).code ?? String(error),
    );
}

const QUARTER = 900;
const HOUR = 3_600;
const DAY = 86_400;
const byAddress = (name: string, max: number, perSeconds: number) => [
  limitOf(`${name}.address`, max, perSeconds, "guard", ({ visitor }) => visitor.address),
];
/** Attempts at an account are counted for the address and the account. */
const byAccount = (name: string, most: { account: number; address: number }, perSeconds: number) => [
  ...byAddress(name, most.address, perSeconds),
  limitOf(`${name}.account`, most.account, perSeconds, "guard", ({ member }) => member.email),
];
const ofLogin = byAccount("login", { account: 10, address: 30 }, QUARTER);
const wrong = "equivocada-larga";

const searches = limitOf("search", 6_000, 60, "read", ofPerson);
const pdfs = limitOf("pdfs", 300, 600, "read", ofPerson);
const files = limitOf("exports", 60, 600, "read", ofPerson);
const checkouts = limitOf("payments.checkouts", 300, 60, "guard", ({ world }) => world.vista.id);
const receipts = limitOf("receipts.mail", 60, HOUR, "guard", ofPerson);
const approvals = limitOf("discounts.approve", 20, QUARTER, "guard", ofPerson);
const invitations = limitOf("invitation.organization", 30, HOUR, "guard", ({ world }) => world.vista.id);

const users = "app/(store)/settings/users/actions.ts";

/** Every place that counts. A new one that is not written down here fails the suite. */
export const sites: Record<string, Site> = {
  "app/api/customers/search/route.ts: limitSearch": {
    counted: [searches],
    attempt: byRoute("GET /api/customers/search"),
  },
  "app/api/search/route.ts: limitSearch": { counted: [searches], attempt: byRoute("GET /api/search") },
  "app/api/search/goods/route.ts: limitSearch": {
    counted: [searches],
    attempt: byRoute("GET /api/search/goods"),
  },
  "app/api/pos/products/route.ts: limitSearch": {
    counted: [searches],
    attempt: byRoute("GET /api/pos/products"),
  },
  "app/api/invoices/[invoiceId]/pdf/route.ts: limitPdfs": {
    counted: [pdfs],
    attempt: byRoute("GET /api/invoices/[invoiceId]/pdf"),
  },
  "app/api/orders/[orderId]/pdf/route.ts: limitPdfs": {
    counted: [pdfs],
    attempt: byRoute("GET /api/orders/[orderId]/pdf"),
  },
  "lib/spreadsheet/export-route.ts: limitExports": {
    counted: [files],
    attempt: byRoute("GET /api/exports/stock"),
  },
  "app/api/payments/intents/route.ts: limit payments.checkouts": {
    counted: [checkouts],
    attempt: byRoute("POST /api/payments/intents"),
  },
  "app/api/payments/auto-renewals/route.ts: limit payments.checkouts": {
    counted: [checkouts],
    attempt: byRoute("POST /api/payments/auto-renewals"),
  },
  "app/(store)/orders/actions.ts: limit receipts.mail": {
    counted: [receipts],
    attempt: byAction("app/(store)/orders/actions.ts#mailReceiptAction"),
  },
  "app/(store)/pos/actions.ts: limit receipts.mail": {
    counted: [receipts],
    attempt: byAction("app/(store)/pos/actions.ts#mailReceiptAction"),
  },
  "app/(store)/pos/actions.ts: limit discounts.approve": {
    counted: [approvals],
    attempt: byAction("app/(store)/pos/actions.ts#approveDiscountAction"),
  },
  [`${users}: limit invitation.organization`]: {
    counted: [invitations],
    attempt: byAction(`${users}#inviteMemberAction`),
  },
  [`${users}: limit invitation.address`]: {
    counted: [
      limitOf("invitation.address", 5, HOUR, "guard", ({ world }) => `${world.vista.id} ${aMailbox(world)}`),
    ],
    attempt: ({ world }) =>
      act(`${users}#inviteMemberAction`, [
        null,
        { email: aMailbox(world), role: "seller", branchIds: [world.vista.branch] },
      ]),
  },
  [`${users}: limitInvitations`]: {
    counted: [invitations],
    // Each mail is another invitation under another id.
    attempt: async ({ world }) => {
      const { rows } = await database().owner.query<{ id: string }>(
        "select id from public.invitations where organization_id = $1 and revoked_at is null and accepted_at is null limit 1",
        [world.vista.id],
      );
      return act(`${users}#resendInvitationAction`, [null, { id: rows[0]?.id }]);
    },
  },
  "lib/identity/sign-in.ts: limitSignIn": {
    counted: ofLogin,
    attempt: byVerb(({ visitor, member }) =>
      signInByPassword(visitor, { email: member.email, password: wrong }),
    ),
  },
  "lib/identity/require-password.ts: limitSignIn": {
    counted: ofLogin,
    attempt: byVerb(({ visitor, member }) => requirePassword(visitor, member, wrong)),
  },
  "lib/identity/mailed-code.ts: limitCodeRequest": {
    counted: byAccount("code", { account: 5, address: 20 }, HOUR),
    attempt: byVerb(({ visitor, member }) => sendCode(visitor, member.email, "recovery")),
  },
  "lib/identity/mailed-code.ts: limitCodeCheck": {
    counted: byAccount("code-check", { account: 10, address: 30 }, QUARTER),
    attempt: byVerb(({ visitor, member }) =>
      proveAddress(visitor, { email: member.email, code: "000000" }, "entry"),
    ),
  },
  "lib/identity/invitations.ts: limitInvitation": {
    counted: byAddress("invitation", 20, HOUR),
    attempt: byVerb(({ visitor }) => findInvitation(visitor, "f".repeat(64))),
  },
  "lib/identity/prove-factor.ts: limitTwoFactor": {
    counted: [limitOf("two-factor.account", 8, QUARTER, "guard", ofPerson)],
    attempt: byVerb(({ visitor, member }) => proveFactor(visitor, member, "000000")),
  },
  "lib/identity/sign-up.ts: limitNewShops": {
    counted: [limitOf("shop.open", 5, DAY, "guard", ofPerson)],
    attempt: byVerb(({ visitor, member }) =>
      openShop(visitor, member, {
        shopName: `Óptica ${randomUUID().slice(0, 8)}`,
        branchName: "Centro",
        fullName: "Ana Pérez",
        timeZone: "America/Santiago",
      }),
    ),
  },
  "lib/security/refresh-session.ts: limit": {
    counted: [limitOf("session.refresh", 6, 60, "guard", ({ sessionId }) => sessionId)],
    attempt: refreshing,
  },
};

/** A mailbox of its own, so that no other story writes to it. */
function aMailbox({ vista }: World): string {
  return `ana-${vista.id}@correo.cl`;
}

/** A session that is about to end asks for new tokens; whoever is not let do so keeps the old ones. */
async function refreshing({ member, sessionId }: Trying): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const access_token = await new SignJWT({
    session_id: sessionId,
    email: member.email,
    role: "authenticated",
  })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(member.userId)
    .setAudience("authenticated")
    .setIssuedAt(now - HOUR)
    .setExpirationTime(now - 60)
    .sign(new TextEncoder().encode(JWT_SECRET));
  const session = { access_token, refresh_token: randomUUID(), expires_at: now - 60 };
  const asked = vi
    .spyOn(globalThis, "fetch")
    .mockImplementation(() => Promise.resolve(new Response("{}", { status: 400 })));
  try {
    await refreshSession((name) =>
      name === SESSION_COOKIE
        ? `base64-${Buffer.from(JSON.stringify(session)).toString("base64url")}`
        : undefined,
    );
    return asked.mock.calls.length > 0 ? "asked" : "rate.limited";
  } finally {
    asked.mockRestore();
  }
}
