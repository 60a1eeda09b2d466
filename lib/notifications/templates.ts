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
export const paymentMailKinds = [
  "received",
  "activated",
  "upgraded",
  "reactivated",
  "failed",
  "review",
  "refunded",
] as const;
export type PaymentMailKind = (typeof paymentMailKinds)[number];

/** Money came in, did not, waits for people, or went back. */
export function paymentMail(
  kind: PaymentMailKind,
  facts: PaymentFacts,
  appUrl: string,
  language: Language,
): Promise<WrittenMail> {
  const { t, money, day } = writer(language);
  const plan = t(`mails.tier.${facts.tier}`);
  const amount = money(kind === "refunded" ? facts.refunded : facts.amount, facts.currency);
  const values = { organization: facts.organization, plan, amount };
  const showsPeriod = !["failed", "review", "refunded"].includes(kind) && facts.paidUntil !== null;
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

/** What happens in the life of a subscription, as its mail tells it to the owners. */
export const subscriptionMailKinds = [
  "trial_7",
  "trial_3",
  "trial_1",
  "trial_0",
  "renewal_coming",
  "past_due",
  "charge_failed",
  "grace",
  "suspended",
  "cancel_planned",
  "cancelled",
  "downgrade_planned",
  "chargeback",
  "dispute_won",
] as const;
export type SubscriptionMailKind = (typeof subscriptionMailKinds)[number];

/** What a mail about a subscription tells, as it was when the step was taken. */
export interface SubscriptionFacts {
  readonly tier: string;
  /** Through when it is paid. */
  readonly periodEnd?: Date | undefined;
  readonly endsAt?: Date | undefined;
  /** When a charge is tried again, or the next reminder comes. */
  readonly retryOn?: Date | undefined;
  /** A gateway collects by itself; else the owner pays by link. */
  readonly isCollected?: boolean | undefined;
  readonly nextTier?: string | undefined;
  /** The shop has more than the next plan includes. */
  readonly excess?: boolean | undefined;
}

/** A step in the life of the subscription; the link leads to where it is paid and changed. */
export function subscriptionMail(
  kind: SubscriptionMailKind,
  organization: string,
  facts: SubscriptionFacts,
  appUrl: string,
  language: Language,
): Promise<WrittenMail> {
  const { t, day } = writer(language);
  const plan = t(`mails.tier.${facts.tier}`);
  const until = facts.endsAt ?? facts.periodEnd;
  const values = {
    organization,
    plan,
    until: until ? day(until) : "",
    retryOn: facts.retryOn ? day(facts.retryOn) : "",
    collected: facts.isCollected ? "yes" : "no",
    nextPlan: facts.nextTier ? t(`mails.tier.${facts.nextTier}`) : "",
    excess: facts.excess ? "yes" : "no",
  };
  return write(language, {
    ...texts(t, `mails.subscription.${kind}`, values),
    facts: [
      [t("mails.facts.organization"), organization],
      [t("mails.facts.plan"), plan],
    ],
    action: { label: t(`mails.subscription.${kind}.action`), url: `${appUrl}/billing` },
  });
}

/** Somebody is asked to join a shop; the link holds the only copy of the token. */
export function invitationMail(
  facts: { organization: string; role: string; token: string },
  appUrl: string,
  language: Language,
): Promise<WrittenMail> {
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
): Promise<WrittenMail> {
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
): Promise<WrittenMail> {
  const { t } = writer(language);
  const path = kind === "password_changed" ? "/login" : "/two-factor";
  return write(language, {
    ...texts(t, `mails.${kind}`, {}),
    action: { label: t(`mails.${kind}.action`), url: `${appUrl}${path}` },
  });
}

/** The first mail of a shop that signed up. */
export function welcomeMail(organization: string, appUrl: string, language: Language): Promise<WrittenMail> {
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
): Promise<WrittenMail> {
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

async function write(language: Language, content: MailContent): Promise<WrittenMail> {
  const t = translatorFor(language);
  return {
    subject: content.subject,
    ...(await layOut(content, { copyLink: t("mails.copyLink"), footer: t("mails.footer") }, language)),
  };
}
