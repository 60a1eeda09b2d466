import { randomUUID } from "node:crypto";
import type { Rollback } from "../support/database";
import type { TestUser } from "../support/session";

/** Somebody of the platform, stepped up unless the story says otherwise. */
export async function staff(db: Rollback, role = "super_admin", steppedUp = true): Promise<TestUser> {
  const user = { userId: randomUUID(), sessionId: randomUUID(), email: `${role}@opttius.test` };
  await db.insert("public.platform_admins", {
    user_id: user.userId,
    email: user.email,
    full_name: "Raíz",
    role,
  });
  if (steppedUp) await db.insert("private.step_ups", { session_id: user.sessionId, user_id: user.userId });
  return user;
}
