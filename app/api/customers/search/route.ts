import { searchCustomers } from "@/lib/customers";
import { limitSearch } from "@/lib/security/read-limits";
import { memberRoute } from "@/lib/security/route";

const MOST = 10;

/** Customers for a till to choose from: `?q=` in any spelling answers `[{id, name, rut, phone, email}]`, ten at most. */
export const GET = memberRoute(async (member, request) => {
  await limitSearch(member.userId);
  return { body: await searchCustomers(member, request.nextUrl.searchParams.get("q") ?? "", MOST) };
}, "customers.read");
