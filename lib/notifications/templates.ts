import type { Language } from "@/lib/i18n/locale";
import { type PlainTranslator, translatorFor } from "@/lib/i18n/translator";
import { formatMoney, isCurrency } from "@/lib/money";
import type { PaymentFacts, RefundFacts } from "./facts";
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

/**
 * Money came in, did not, waits for people, or went back.
 *
 * @param refund what went back now; jobs from before it was told tell everything that went back so far
 */
export function paymentMail(
  kind: PaymentMailKind,
  facts: PaymentFacts,
  appUrl: string,
  language: Language,
  refund: RefundFacts = { amount: facts.refunded, currency: facts.currency },
): Promise<WrittenMail> {
  const { t, money, day } = writer(language);
  const plan = t(`mails.tier.${facts.tier}`);
  const told = kind === "refunded" ? refund : facts;
  const amount = money(told.amount, told.currency);
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
  "end_planned_by_staff",
  "ended_by_staff",
  "end_taken_back",
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
  /** How many days of the trial are left, a day that has begun counted whole. */
  readonly days?: number | undefined;
  /** When a charge is tried again, or the next reminder comes. */
  readonly retryOn?: Date | undefined;
  /** A gateway collects by itself; else the owner pays by link. */
  readonly isCollected?: boolean | undefined;
  readonly nextTier?: string | undefined;
  /** The shop has more than the next plan includes. */
  readonly excess?: boolean | undefined;
}

/** What a reminder stands for, where its job is from before the days were told. */
const reminderDays: Partial<Record<SubscriptionMailKind, number>> = { trial_7: 7, trial_3: 3, trial_1: 1 };

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
    days: facts.days ?? reminderDays[kind] ?? 0,
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

/** What somebody did to the own second factor, as its mail tells it. */
export const twoFactorChanges = ["enrolled", "codes_replaced", "removed"] as const;
export type TwoFactorChange = (typeof twoFactorChanges)[number];

/** Who took a second factor away: the owner of the shop, or the people who run the service. */
export const twoFactorResetters = ["shop", "platform"] as const;

/** Security notices: something about the account changed, and its owner must hear of it. */
export type AccountNotice =
  | { readonly kind: "password_changed" }
  | { readonly kind: "two_factor_changed"; readonly change: TwoFactorChange }
  | { readonly kind: "two_factor_reset"; readonly by: (typeof twoFactorResetters)[number] };

/** The mail of a security notice; the link leads to where its reader can do something about it. */
export function accountMail(notice: AccountNotice, appUrl: string, language: Language): Promise<WrittenMail> {
  const { t } = writer(language);
  const key = notice.kind === "two_factor_changed" ? `${notice.kind}.${notice.change}` : notice.kind;
  return write(language, {
    ...texts(t, `mails.${key}`, notice.kind === "two_factor_reset" ? { by: notice.by } : {}),
    action: { label: t(`mails.${key}.action`), url: `${appUrl}${pathOf(notice)}` },
  });
}

function pathOf({ kind }: AccountNotice): string {
  const paths = {
    password_changed: "/login",
    two_factor_changed: "/profile",
    two_factor_reset: "/two-factor",
  } as const;
  return paths[kind];
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
  values: Record<string, string | number>,
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
