import { notFound } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { getSession, type SessionReport } from "@/lib/cash-register";
import { type Member, requireMember } from "@/lib/security/member";
import { orNotFound } from "@/lib/security/or-not-found";

/** The member and the drawer of a page's address; "not found" for one that is not theirs to see. */
export const memberAndSession = cache(
  async (id: string): Promise<{ member: Member; session: SessionReport }> => {
    const member = await requireMember();
    if (!member.can("cash.operate") && !member.can("cash.review")) notFound();
    if (!z.uuid().safeParse(id).success) notFound();
    return { member, session: await orNotFound("cash_session.not_found", getSession(member, id)) };
  },
);
