import { env } from "@/lib/env";
import { languageIn } from "@/lib/i18n/locale";
import { translatorFor } from "@/lib/i18n/translator";
import { type NewAutoRenewal, newAutoRenewal, openAutoRenewal } from "@/lib/payments";
import { limit } from "@/lib/security/rate-limit";
import { idempotencyKey, jsonBody, memberRoute } from "@/lib/security/route";
import { gateways } from "@/lib/wiring/gateways";

/** Opens an automatic renewal of a tier; the answer says where to send the browser. Suspended shops may agree to one. */
export const POST = memberRoute(
  async (member, request) => {
    const key = idempotencyKey(request);
    const input = await jsonBody(request, newAutoRenewal);
    await limit({ name: "payments.intents", key: member.userId, max: 1_200, perSeconds: 60, kind: "guard" });
    const language = languageIn(request.cookies);
    const t = translatorFor(language);
    const subject = ({ tier, interval }: NewAutoRenewal) =>
      t("mails.checkout", { plan: t(`mails.tier.${tier}`), interval });
    return {
      status: 201,
      body: await openAutoRenewal(member, input, key, { gateways, appUrl: env.APP_URL, language, subject }),
    };
  },
  "billing.manage",
  { suspended: "allowed" },
);
