import { randomUUID } from "node:crypto";
import { withClaims } from "@/lib/db";
import type { Caller } from "@/lib/security/session";
import { database } from "@/tests/support/database";
import { claimsOf } from "./shops";

/** Somebody of the platform, made when first needed; stepped up and allowed to write unless told otherwise. */
export function staffMember({ role = "super_admin", steppedUp = true } = {}): Pick<Caller, "transaction"> {
  const owner = { userId: randomUUID(), sessionId: randomUUID(), email: `${randomUUID()}@opttius.test` };
  const ready = memo(async () => {
    const { owner: pool } = database();
    await pool.query(
      "insert into public.platform_admins (user_id, email, full_name, role) values ($1, $2, 'Root', $3)",
      [owner.userId, owner.email, role],
    );
    if (steppedUp)
      await pool.query("insert into private.step_ups (session_id, user_id) values ($1, $2)", [
        owner.sessionId,
        owner.userId,
      ]);
  });
  return {
    async transaction(work, naming) {
      await ready();
      return withClaims(claimsOf({ id: "", owner }), null, work, naming);
    },
  };
}

function memo<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
