import { getLanguage } from "@/lib/i18n";
import { limitPdfs } from "@/lib/security/read-limits";
import { memberRoute } from "@/lib/security/route";
import { getInvoicePdf } from "@/lib/subscriptions";

/** A statement of the subscription as a PDF; suspended shops may have it too. */
export const GET = memberRoute(
  async (member, _request, { invoiceId = "" }) => {
    await limitPdfs(member.userId);
    const { content, filename } = await getInvoicePdf(member, invoiceId, await getLanguage());
    return new Response(new Uint8Array(content), {
      headers: {
        "content-type": "application/pdf",
        "content-disposition": `inline; filename="${filename}"`,
        "cache-control": "private, no-store",
      },
    });
  },
  "billing.read",
  { suspended: "allowed" },
);
