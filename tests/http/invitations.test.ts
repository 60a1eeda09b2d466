// First, for its effect: what is loaded after it finds the framework stood in for.
import "@/tests/fixtures/at-work";

import { beforeEach, describe, expect, test } from "vitest";
import { inviteMemberAction, resendInvitationAction } from "@/app/(store)/settings/users/actions";
import { committed, database, type Shop, twoShops } from "@/tests/fixtures";
import { signIn } from "@/tests/fixtures/at-work";

let vista: Shop;
beforeEach(async () => {
  ({ vista } = await committed(twoShops));
  await signIn(vista.owner);
});

const invite = (email: string) =>
  inviteMemberAction(null, { email, role: "seller", branchIds: [vista.branch] });

/** Sends the open invitation to an address again: each time it is another one, under another id. */
async function resend(email: string) {
  const { rows } = await database().owner.query<{ id: string }>(
    "select id from public.invitations where organization_id = $1 and email = $2 and revoked_at is null",
    [vista.id, email],
  );
  return resendInvitationAction(null, { id: rows[0]?.id ?? "" });
}

async function mailsTo(email: string): Promise<number> {
  const { rows } = await database().owner.query(
    "select from private.outbox where name = 'mail.invitation' and payload ->> 'to' = $1",
    [email],
  );
  return rows.length;
}

describe("mails to one address", () => {
  // Five with Redis, three in the memory of one process.
  test("are so many an hour, however they are asked for, and another address still gets its own", async () => {
    const [email, other] = [`ana-${vista.id}@correo.cl`, `eva-${vista.id}@correo.cl`];
    expect(await invite(email)).toMatchObject({ ok: true });
    expect(await resend(email)).toMatchObject({ ok: true });
    for (let more = 0; more < 3; more++) await resend(email);
    const sent = await mailsTo(email);
    expect(sent).toBeLessThanOrEqual(5);
    for (const attempt of [() => resend(email), () => invite(email), () => invite(email.toUpperCase())])
      expect(await attempt()).toMatchObject({ ok: false, problem: { code: "rate.limited", status: 429 } });
    expect(await mailsTo(email)).toBe(sent);
    expect(await invite(other)).toMatchObject({ ok: true });
  });
});
