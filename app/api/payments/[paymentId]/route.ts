import { getPayment } from "@/lib/payments";
import { memberRoute } from "@/lib/security/route";

/** What became of a payment, and what the subscription is now. */
export const GET = memberRoute(
  async (member, _request, { paymentId = "" }) => ({ body: await getPayment(member, paymentId) }),
  "billing.read",
  { suspended: "allowed" },
);
