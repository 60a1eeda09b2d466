import "server-only";
import { z } from "zod";
import { env } from "@/lib/env";
import { type Language, languages } from "@/lib/i18n/locale";
import { defineJob, type Job } from "@/lib/jobs/job";
import { log } from "@/lib/log";
import type { MailFacts, PrintReceipt } from "./facts";
import { type Attachment, isUnknownRecipient, sendMail } from "./mail";
import {
  type AccountNotice,
  accountMail,
  alertMail,
  invitationMail,
  paymentMail,
  paymentMailKinds,
  receiptMail,
  subscriptionMail,
  subscriptionMailKinds,
  twoFactorChanges,
  twoFactorResetters,
  type WrittenMail,
  welcomeMail,
} from "./templates";

const language = z.enum(languages).default("es");
const organizationId = z.uuid();
const to = z.email();
/** Postgres writes instants with an offset (`2026-01-31T12:00:00+00:00`). */
const instant = z.iso.datetime({ offset: true }).pipe(z.coerce.date()).optional();

// All of these are idempotent as far as mail can be: a repeat carries the same Message-ID.

/** Every mail but the receipt, which needs the sales domain. */
export const createMailJobs = (facts: MailFacts): readonly Job[] => [
  defineJob({
    name: "mail.payment",
    payload: z.object({
      kind: z.enum(paymentMailKinds),
      organizationId,
      paymentId: z.uuid(),
      to,
      language,
      refund: z.object({ amount: z.int(), currency: z.string() }).optional(),
    }),
    async run(mail, { id }) {
      const payment = await facts.payment(mail.organizationId, mail.paymentId);
      if (!payment) return;
      await send(mail.to, await paymentMail(mail.kind, payment, env.APP_URL, mail.language, mail.refund), id);
    },
  }),
  defineJob({
    name: "mail.subscription",
    payload: z.object({
      kind: z.enum(subscriptionMailKinds),
      organizationId,
      to,
      language,
      facts: z.object({
        tier: z.string(),
        periodEnd: instant,
        endsAt: instant,
        days: z.int().positive().optional(),
        retryOn: instant,
        isCollected: z.boolean().optional(),
        nextTier: z.string().optional(),
        excess: z.boolean().optional(),
      }),
    }),
    async run(mail, { id }) {
      const organization = await facts.organizationName(mail.organizationId);
      if (organization === null) return;
      await send(
        mail.to,
        await subscriptionMail(mail.kind, organization, mail.facts, env.APP_URL, mail.language),
        id,
      );
    },
  }),
  defineJob({
    name: "mail.invitation",
    payload: z.object({ organizationId, invitationId: z.uuid(), to, token: z.string().min(1), language }),
    secret: true,
    async run(mail, { id }) {
      const invitation = await facts.openInvitation(mail.organizationId, mail.invitationId);
      const organization = await facts.organizationName(mail.organizationId);
      if (!invitation || organization === null) return; // revoked, accepted or expired before we came to it
      await send(
        mail.to,
        await invitationMail(
          { organization, role: invitation.role, token: mail.token },
          env.APP_URL,
          mail.language,
        ),
        id,
      );
    },
  }),
  defineJob({
    name: "mail.welcome",
    payload: z.object({ organizationId, to, language }),
    async run(mail, { id }) {
      const organization = await facts.organizationName(mail.organizationId);
      if (organization !== null)
        await send(mail.to, await welcomeMail(organization, env.APP_URL, mail.language), id);
    },
  }),
  ...noticeJobs,
];

/** Something about an account changed, and its owner must hear of it. */
const noticeJobs: readonly Job[] = [
  defineJob({
    name: "mail.password_changed",
    payload: z.object({ to, language }),
    run: (mail, { id }) => notify({ kind: "password_changed" }, mail, id),
  }),
  defineJob({
    name: "mail.two_factor_changed",
    payload: z.object({ to, language, change: z.enum(twoFactorChanges) }),
    run: ({ change, ...mail }, { id }) => notify({ kind: "two_factor_changed", change }, mail, id),
  }),
  defineJob({
    name: "mail.two_factor_reset",
    payload: z.object({ to, language, by: z.enum(twoFactorResetters).default("shop") }),
    run: ({ by, ...mail }, { id }) => notify({ kind: "two_factor_reset", by }, mail, id),
  }),
];

async function notify(
  notice: AccountNotice,
  mail: { to: string; language: Language },
  id: string,
): Promise<void> {
  await send(mail.to, await accountMail(notice, env.APP_URL, mail.language), id);
}

/** The receipt of a sale by mail, with the document attached. */
export function receiptMailJob(print: PrintReceipt): Job {
  return defineJob({
    name: "mail.receipt",
    payload: z.object({ organizationId, orderId: z.uuid(), to, language }),
    async run(mail, { id }) {
      const receipt = await print(mail.organizationId, mail.orderId, mail.language);
      if (receipt) await send(mail.to, await receiptMail(receipt, mail.language), id, [receipt.attachment]);
    },
  });
}

const alertText = z.union([z.string(), z.number()]).transform(String).optional();

/** Something that people must look at. The log always has it; the mail goes where `ALERT_EMAIL_TO` says. */
export const alertJob: Job = defineJob({
  name: "alert.raise",
  payload: z.object({
    rule: z.string(),
    severity: z.string(),
    organizationId: alertText,
    subject: alertText,
    reason: alertText,
    gateway: alertText,
  }),
  // idempotent: the mail's Message-ID is the job's
  async run({ rule, severity, ...rest }, { id }) {
    const details = Object.fromEntries(
      Object.entries(rest).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
    log.error({ rule, severity, ...details }, "alert");
    if (env.ALERT_EMAIL_TO && env.SMTP_URL)
      await send(env.ALERT_EMAIL_TO, await alertMail({ rule, severity, details }, "es"), id);
  },
});

/** Sends a mail. One to an address that its server does not know is done with: no later try would reach anybody. */
async function send(
  to: string,
  mail: WrittenMail,
  idempotencyKey: string,
  attachments: readonly Attachment[] = [],
): Promise<void> {
  try {
    await sendMail({ to, ...mail, attachments, idempotencyKey });
  } catch (error) {
    if (!isUnknownRecipient(error) || to === env.ALERT_EMAIL_TO) throw error;
    log.warn({ job: idempotencyKey }, "a mail's recipient is unknown to its server");
  }
}
