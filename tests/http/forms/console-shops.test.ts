// First, for its effect: what is loaded after it finds the framework stood in for.
import "@/tests/fixtures/at-work";

import {
  createOrganizationAction,
  inviteOwnerAction,
  setLimitAction,
  setStatusAction,
} from "@/app/admin/saas-management/actions";
import {
  changePlanAction,
  endAction,
  extendAction,
  resumeAction,
} from "@/app/admin/saas-management/subscriptions/actions";
import { publishTierAction } from "@/app/admin/saas-management/tiers/actions";
import { committed, database } from "@/tests/fixtures";
import type { World } from "../wall/world";
import { proveForm } from "./form-proof";

const EMPTY = "Completa este campo.";
const CHOICE = "Elige una de las opciones.";
const EMAIL = "Escribe un correo como nombre@ejemplo.cl.";
const FIVE = "Escribe al menos 5 caracteres.";
const TWO = "Escribe al menos 2 caracteres.";

const staff = ({ staff: person }: World) => person;
const reason = "acuerdo comercial";

proveForm("a new organization", {
  action: createOrganizationAction,
  by: staff,
  right: () => ({
    name: "Óptica Nueva",
    branch: "Centro",
    timeZone: "America/Santiago",
    ownerEmail: " Duena@Nueva.cl ",
    tier: "pro",
    trialDays: "14",
  }),
  mistakes: {
    "a shop and a branch of one letter": {
      typed: { name: "A", branch: " B " },
      refused: { name: TWO, branch: TWO },
    },
    "an owner who gets no mail": { typed: { ownerEmail: "duena" }, refused: { ownerEmail: EMAIL } },
    "a plan and a clock that there are not": {
      typed: { tier: "gold", timeZone: "Europe/Madrid" },
      refused: { tier: CHOICE, timeZone: CHOICE },
    },
    "days of trial that nobody wrote down": { typed: { trialDays: "" }, refused: { trialDays: EMPTY } },
    "a trial longer than a season": {
      typed: { trialDays: "91" },
      refused: { trialDays: "El máximo es 90." },
    },
    "a trial in words": { typed: { trialDays: "catorce" }, refused: { trialDays: "Escribe un número." } },
  },
  writes: ["public.organizations", "public.branches", "public.subscriptions", "public.invitations"],
});

proveForm("the suspension of an organization", {
  action: setStatusAction,
  by: staff,
  right: ({ own }) => ({ organizationId: own.organization, status: "suspended", reason }),
  mistakes: {
    "no reason": { typed: { reason: "   no   " }, refused: { reason: FIVE } },
    "a state that there is not": { typed: { status: "gone" }, refused: { status: CHOICE } },
  },
  writes: ["public.organizations", "public.audit_entries"],
});

proveForm("another limit for an organization", {
  action: setLimitAction,
  by: staff,
  right: ({ own }) => ({ organizationId: own.organization, metric: "customers", max: "900", reason }),
  mistakes: {
    "a limit of nothing": { typed: { max: "0" }, refused: { max: "El mínimo es 1." } },
    "a limit in words": { typed: { max: "muchos" }, refused: { max: "Escribe un número." } },
    "something that is not counted": {
      typed: { metric: "smiles", reason: "" },
      refused: { metric: CHOICE, reason: FIVE },
    },
  },
  writes: ["public.limit_overrides", "public.usage_counters", "public.audit_entries"],
});

proveForm("an owner who is invited again", {
  action: inviteOwnerAction,
  by: staff,
  right: ({ own }) => ({ organizationId: own.organization, email: "otra@vista.cl" }),
  mistakes: {
    "no address": { typed: { email: "" }, refused: { email: EMAIL } },
    "somebody who is there already": {
      typed: { email: "seller@vista.test" },
      refused: { email: "Esta persona ya pertenece a la óptica." },
      code: "invitation.already_member",
    },
  },
  writes: ["public.invitations", "private.outbox"],
});

proveForm("a new version of a plan", {
  action: publishTierAction,
  by: staff,
  right: () => ({
    code: "premium",
    replaces: "1",
    priceClpMonth: "199.000",
    priceClpYear: "1.990.000",
    priceUsdMonth: "209,90",
    priceUsdYear: "2099",
    maxBranches: "",
    maxUsers: "50",
    maxCustomers: "",
    maxProducts: "",
    "features[]": ["pos"],
    availableFrom: "",
  }),
  mistakes: {
    "prices left empty": {
      typed: { priceClpMonth: "", priceUsdYear: " " },
      refused: { priceClpMonth: EMPTY, priceUsdYear: EMPTY },
    },
    "prices that no gateway takes": {
      typed: { priceClpYear: "499", priceUsdMonth: "0,99" },
      refused: {
        priceClpYear: "Escribe pesos enteros, desde $500; por ejemplo 99.000.",
        priceUsdMonth: "Escribe dólares con hasta dos decimales, desde 1,00; por ejemplo 109,90.",
      },
    },
    "a limit of nothing": { typed: { maxUsers: "0" }, refused: { maxUsers: "El mínimo es 1." } },
    "a limit in words": { typed: { maxUsers: "muchos" }, refused: { maxUsers: "Escribe un número." } },
    "a day that is gone": {
      typed: { availableFrom: "2020-01-01" },
      refused: { availableFrom: "Elige hoy o un día de los próximos 12 meses." },
    },
    "a plan that there is not": { typed: { code: "gold" }, refused: { code: CHOICE } },
  },
  writes: ["public.subscription_tiers"],
});

/** The end of what runs, as the screen shows it. */
let runsUntil = "";
async function readEnd({ own }: World): Promise<void> {
  const { rows } = await database().owner.query<{ until: Date }>(
    "select current_period_end as until from public.subscriptions where organization_id = $1 and status <> 'cancelled'",
    [own.organization],
  );
  runsUntil = rows[0]?.until.toISOString() ?? "";
}

proveForm("more time for a shop", {
  action: extendAction,
  by: staff,
  prepare: readEnd,
  right: ({ own }) => ({ organizationId: own.organization, from: runsUntil, days: "10", reason }),
  mistakes: {
    "no days and no reason": { typed: { days: "", reason: "" }, refused: { days: EMPTY, reason: FIVE } },
    "days that are none": { typed: { days: "0" }, refused: { days: "El mínimo es 1." } },
    "more than a year": { typed: { days: "366" }, refused: { days: "El máximo es 365." } },
    "an end that moved meanwhile": {
      typed: { from: "2020-01-01T00:00:00Z" },
      refused: {
        days: "El plazo cambió mientras mirabas, o quedaría a más de un año de hoy. Recarga y revisa.",
      },
    },
  },
  writes: ["public.subscriptions", "public.audit_entries"],
});

proveForm("another plan for a shop", {
  action: changePlanAction,
  by: staff,
  right: ({ own }) => ({
    organizationId: own.organization,
    tier: "premium",
    interval: "year",
    when: "now",
    reason,
  }),
  mistakes: {
    "choices that there are not": {
      typed: { tier: "gold", interval: "week", when: "later" },
      refused: { tier: CHOICE, interval: CHOICE, when: CHOICE },
    },
    "no reason": { typed: { reason: "ya" }, refused: { reason: FIVE } },
    "the plan that the shop has": {
      typed: { tier: "pro", interval: "month" },
      refused: { tier: "Ya tiene este plan con este período." },
      code: "conflict",
    },
  },
  writes: ["public.subscriptions", "public.audit_entries"],
});

proveForm("the end of a subscription", {
  action: endAction,
  by: staff,
  right: ({ own }) => ({ organizationId: own.organization, when: "now", reason }),
  mistakes: {
    "no time and no reason": { typed: { when: "", reason: "" }, refused: { when: CHOICE, reason: FIVE } },
  },
  writes: ["public.subscriptions", "public.audit_entries"],
});

proveForm("an end that is taken back", {
  action: resumeAction,
  by: staff,
  prepare: ({ own }) =>
    committed((db) =>
      db.query(
        "update public.subscriptions set cancel_at_period_end = true, ended_by_staff = true where organization_id = $1 and status <> 'cancelled'",
        [own.organization],
      ),
    ).then(() => undefined),
  right: ({ own }) => ({ organizationId: own.organization, reason }),
  mistakes: { "no reason": { typed: { reason: "ya" }, refused: { reason: FIVE } } },
  writes: ["public.subscriptions", "public.audit_entries"],
});

proveForm("the end of a subscription that waits for its first payment", {
  action: endAction,
  by: staff,
  prepare: ({ own }) =>
    committed((db) =>
      db.query(
        "update public.subscriptions set status = 'expired' where organization_id = $1 and status <> 'cancelled'",
        [own.organization],
      ),
    ).then(() => undefined),
  right: ({ own }) => ({ organizationId: own.organization, when: "now", reason }),
  mistakes: {
    "an end that is to wait for a period": {
      typed: { when: "period_end" },
      refused: { when: "No corre nada que pueda terminar más tarde: elige «ahora»." },
      code: "subscription.not_possible",
    },
  },
  writes: ["public.subscriptions"],
});
