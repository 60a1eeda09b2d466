import { LANGUAGE_COOKIE, languageOf } from "@/lib/i18n/locale";
import { memberRoute } from "@/lib/security/route";
import { getInvoicePdf } from "@/lib/subscriptions";

/** A statement of the subscription as a PDF; suspended shops may have it too. */
export const GET = memberRoute(
  async (member, request, { invoiceId = "" }) => {
    const language = languageOf(request.cookies.get(LANGUAGE_COOKIE)?.value ?? "");
    const { content, filename } = await getInvoicePdf(member, invoiceId, language);
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
