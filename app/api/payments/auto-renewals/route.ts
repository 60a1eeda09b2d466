import { env } from "@/lib/env";
import { languageIn } from "@/lib/i18n/locale";
import { translatorFor } from "@/lib/i18n/translator";
import { type NewAutoRenewal, newAutoRenewal, openAutoRenewal } from "@/lib/payments";
import { openingFew } from "@/lib/payments/checkouts-under-way";
import { limit } from "@/lib/security/rate-limit";
import { idempotencyKey, jsonBody, memberRoute } from "@/lib/security/route";
import { gateways } from "@/lib/wiring/gateways";

/** Opens an automatic renewal of a tier; the answer says where to send the browser. Suspended shops may agree to one. */
export const POST = memberRoute(
  async (member, request) => {
    const key = idempotencyKey(request);
    const input = await jsonBody(request, newAutoRenewal);
    const shop = member.organization.id;
    await limit({ name: "payments.checkouts", key: shop, max: 300, perSeconds: 60, kind: "guard" });
    const language = languageIn(request.cookies);
    const t = translatorFor(language);
    const subject = ({ tier, interval }: NewAutoRenewal) =>
      t("mails.checkout", { plan: t(`mails.tier.${tier}`), interval });
    const setting = { gateways, appUrl: env.APP_URL, language, subject };
    return {
      status: 201,
      body: await openingFew(shop, () => openAutoRenewal(member, input, key, setting)),
    };
  },
  "billing.manage",
  { suspended: "allowed" },
);
