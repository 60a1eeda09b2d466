"use server";

import { redirect } from "next/navigation";
import { endSession } from "@/lib/security/session-end";
import { callerAt, currentVisitor } from "@/lib/security/visitor";

/** Signs this browser out: its token is dead from the next statement on. */
export async function signOut(): Promise<void> {
  const visitor = await currentVisitor();
  await endSession(await callerAt(visitor), visitor.cookies);
  redirect("/login");
}
