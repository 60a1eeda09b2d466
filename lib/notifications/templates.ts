import type { Language } from "@/lib/i18n/locale";
import { type PlainTranslator, translatorFor } from "@/lib/i18n/translator";
import { formatMoney, isCurrency } from "@/lib/money";
import type { PaymentFacts } from "./facts";
import { layOut, type MailContent } from "./layout";

/** A mail without its recipient. */
export interface WrittenMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** What happened to a payment, as its mail tells it. */
export const paymentMailKinds = ["received", "activated", "failed", "review", "refunded"] as const;
export type PaymentMailKind = (typeof paymentMailKinds)[number];

/** Money came in, did not, waits for people, or went back. */
export function paymentMail(
  kind: PaymentMailKind,
  facts: PaymentFacts,
  appUrl: string,
  language: Language,
): WrittenMail {
  const { t, money, day } = writer(language);
  const plan = t(`mails.tier.${facts.tier}`);
  const amount = money(kind === "refunded" ? facts.refunded : facts.amount, facts.currency);
  const values = { organization: facts.organization, plan, amount };
  const showsPeriod = (kind === "received" || kind === "activated") && facts.paidUntil !== null;
  return write(language, {
    ...texts(t, `mails.payment.${kind}`, values),
    facts: [
      [t("mails.facts.organization"), facts.organization],
      [t("mails.facts.plan"), plan],
      [t("mails.facts.amount"), amount],
      ...(showsPeriod && facts.paidUntil
        ? [[t("mails.facts.paidUntil"), day(facts.paidUntil)] as const]
        : []),
    ],
    action: { label: t(`mails.payment.${kind}.action`), url: `${appUrl}/billing` },
  });
}

/** Somebody is asked to join a shop; the link holds the only copy of the token. */
export function invitationMail(
  facts: { organization: string; role: string; token: string },
  appUrl: string,
  language: Language,
): WrittenMail {
  const { t } = writer(language);
  const values = { organization: facts.organization, role: t(`mails.role.${facts.role}`) };
  const url = `${appUrl}/invite/${encodeURIComponent(facts.token)}`;
  return write(language, {
    ...texts(t, "mails.invitation", values),
    action: { label: t("mails.invitation.action"), url },
  });
}

/** A customer gets the receipt of a sale; the document itself is attached. */
export function receiptMail(
  facts: { organization: string; number: string; total: number; currency: string },
  language: Language,
): WrittenMail {
  const { t, money } = writer(language);
  const amount = money(facts.total, facts.currency);
  return write(language, {
    ...texts(t, "mails.receipt", { organization: facts.organization, number: facts.number, amount }),
    facts: [
      [t("mails.facts.organization"), facts.organization],
      [t("mails.facts.receipt"), facts.number],
      [t("mails.facts.amount"), amount],
    ],
  });
}

/** Security notices: something about the account changed, and its owner must hear of it. */
export function accountMail(
  kind: "password_changed" | "two_factor_reset",
  appUrl: string,
  language: Language,
): WrittenMail {
  const { t } = writer(language);
  const path = kind === "password_changed" ? "/login" : "/two-factor";
  return write(language, {
    ...texts(t, `mails.${kind}`, {}),
    action: { label: t(`mails.${kind}.action`), url: `${appUrl}${path}` },
  });
}

/** The first mail of a shop that signed up. */
export function welcomeMail(organization: string, appUrl: string, language: Language): WrittenMail {
  const { t } = writer(language);
  return write(language, {
    ...texts(t, "mails.welcome", { organization }),
    action: { label: t("mails.welcome.action"), url: appUrl },
  });
}

/** Tells the people who run the service; ids only, never a person or an amount. */
export function alertMail(
  alert: { rule: string; severity: string; details: Readonly<Record<string, string>> },
  language: Language,
): WrittenMail {
  const { t } = writer(language);
  return write(language, {
    ...texts(t, "mails.alert", { rule: alert.rule, severity: alert.severity }),
    facts: Object.entries(alert.details),
  });
}

function writer(language: Language) {
  const t = translatorFor(language);
  const date = new Intl.DateTimeFormat(language === "es" ? "es-CL" : "en-GB", {
    dateStyle: "long",
    timeZone: "America/Santiago",
  });
  const money = (minor: number, currency: string) =>
    isCurrency(currency) ? formatMoney(minor, currency, language) : `${minor} ${currency}`;
  return { t, money, day: (instant: Date) => date.format(instant) };
}

function texts(
  t: PlainTranslator,
  key: string,
  values: Record<string, string>,
): Pick<MailContent, "subject" | "heading" | "paragraphs"> {
  return {
    subject: t(`${key}.subject`, values),
    heading: t(`${key}.heading`, values),
    paragraphs: t(`${key}.body`, values).split("\n"),
  };
}

function write(language: Language, content: MailContent): WrittenMail {
  const t = translatorFor(language);
  return {
    subject: content.subject,
    ...layOut(content, { copyLink: t("mails.copyLink"), footer: t("mails.footer") }, language),
  };
}
