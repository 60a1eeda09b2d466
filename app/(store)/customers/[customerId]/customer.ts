import "server-only";
import { notFound } from "next/navigation";
import { cache } from "react";
import { type Customer, customerReference, findCustomer } from "@/lib/customers";
import { type Member, requireMember } from "@/lib/security/member";
import type { Permission } from "@/lib/security/permissions";

/** The member and the customer of a page; one query a request, whoever asks. An unknown one is not found. */
export const memberAndCustomer = cache(
  async (id: string, permission: Permission): Promise<{ member: Member; customer: Customer }> => {
    const member = await requireMember(permission);
    const customer = customerReference.safeParse({ id }).success ? await findCustomer(member, id) : null;
    return { member, customer: customer ?? notFound() };
  },
);
