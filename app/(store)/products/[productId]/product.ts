import "server-only";
import { notFound } from "next/navigation";
import { cache } from "react";
import { findProduct, type Product, productReference } from "@/lib/catalog";
import { type Member, requireMember } from "@/lib/security/member";
import type { Permission } from "@/lib/security/permissions";

/** The member and the product of a page; one query a request, whoever asks. An unknown one is not found. */
export const memberAndProduct = cache(
  async (id: string, permission: Permission): Promise<{ member: Member; product: Product }> => {
    const member = await requireMember(permission);
    const product = productReference.safeParse({ id }).success ? await findProduct(member, id) : null;
    return { member, product: product ?? notFound() };
  },
);
