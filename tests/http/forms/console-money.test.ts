// First, for its effect: what is loaded after it finds the framework stood in for.
import "@/tests/fixtures/at-work";

import { randomUUID } from "node:crypto";
import { createCouponAction, retireCouponAction } from "@/app/admin/saas-management/coupons/actions";
import {
  pauseGatewayAction,
  saveCredentialsAction,
  switchGatewayAction,
} from "@/app/admin/saas-management/gateways/actions";
import {
  approveAction,
  refundAction,
  resolveReviewAction,
} from "@/app/admin/saas-management/payments/actions";
import { committed } from "@/tests/fixtures";
import type { World } from "../wall/world";
import { type Mistake, proveForm } from "./form-proof";

const EMPTY = "Completa este campo.";
const PESOS = "Escribe un monto en pesos enteros, mayor que cero.";
const CHOICE = "Elige una de las opciones.";
const FIVE = "Escribe al menos 5 caracteres.";
const DATE = "Escribe una fecha válida.";

const staff = ({ staff: person }: World) => person;
const reason = "cobro doble";

const aCoupon = {
  code: "PRIMAVERA-25",
  kind: "percent",
  percent: "25",
  amountClp: "",
  amountUsd: "",
  duration: "once",
  repeats: "",
  "tiers[]": ["pro"],
  validFrom: "",
  validUntil: "",
  maxRedemptions: "",
  note: "campaña",
};

const mistakesAboutCoupons: Record<string, Mistake> = {
  "a code of two letters and no note": {
    typed: { code: "AB", note: " " },
    refused: {
      code: "Usa de 3 a 32 letras sin acentos, números, guion o guion bajo; empieza con una letra o un número.",
      note: EMPTY,
    },
  },
  "more than all of the price": {
    typed: { percent: "101" },
    refused: { percent: "Escribe un porcentaje de 1 a 100, con hasta dos decimales." },
  },
  "an amount of nothing": {
    typed: { kind: "amount" },
    refused: { amountClp: "Escribe un monto en pesos, en dólares o en ambos." },
  },
  "amounts that are none": {
    typed: { kind: "amount", amountClp: "9,9", amountUsd: "1,234" },
    refused: {
      amountClp: "Escribe un monto en pesos enteros, mayor que cero.",
      amountUsd: "Escribe un monto en dólares con hasta dos decimales, mayor que cero.",
    },
  },
  "a coupon for one time that lasts several": {
    typed: { duration: "repeating", repeats: "1" },
    refused: { repeats: "Escribe un número de 2 a 60." },
  },
  "nobody who may use it": {
    typed: { maxRedemptions: "0" },
    refused: { maxRedemptions: "Escribe un número de 1 a 1.000.000, o déjalo vacío." },
  },
  "a day that no calendar has": {
    typed: { validFrom: "2026-02-31", validUntil: "mañana" },
    refused: { validFrom: DATE, validUntil: DATE },
  },
  "a coupon that ended before it was made": {
    typed: { validUntil: "2020-01-01" },
    refused: { validUntil: "Ese día ya pasó." },
  },
  "a coupon that ends before it begins": {
    typed: { validFrom: "2090-02-01", validUntil: "2090-01-01" },
    refused: { validUntil: "El último día no puede ser anterior al primero." },
  },
};

proveForm("a new coupon", {
  action: createCouponAction,
  by: staff,
  prepare: () =>
    committed((db) =>
      db.insert("private.coupons", { code: "TOMADO", percent_bp: 1_000, duration: "once", note: "otro" }),
    ),
  right: () => aCoupon,
  mistakes: {
    ...mistakesAboutCoupons,
    "a code that another coupon has": {
      typed: { code: "tomado" },
      refused: { code: "Ya existe un cupón con este código. Elige otro." },
      code: "coupon.code_taken",
    },
  },
  writes: ["private.coupons"],
});

proveForm("a coupon that nobody shall use any more", {
  action: retireCouponAction,
  by: staff,
  prepare: () =>
    committed((db) =>
      db.insert("private.coupons", { code: "VIEJO", percent_bp: 1_000, duration: "once", note: "otro" }),
    ),
  right: () => ({ code: "VIEJO" }),
  mistakes: { "no code": { typed: { code: "" }, refused: { code: EMPTY } } },
  writes: ["private.coupons"],
});

const ofPayment = { key: randomUUID(), currency: "CLP", reason };

proveForm("money that goes back", {
  action: refundAction,
  by: staff,
  right: ({ own }) => ({ ...ofPayment, paymentId: own.payment, amount: "1.000" }),
  mistakes: {
    "no reason": { typed: { reason: " " }, refused: { reason: FIVE } },
    "pesos with decimals": { typed: { amount: "10,5" }, refused: { amount: PESOS } },
    "nothing at all": { typed: { amount: "0" }, refused: { amount: PESOS } },
    "more than is left of the payment": {
      typed: { amount: "99.000" },
      refused: { amount: "Es más de lo que queda por devolver." },
      code: "payment.not_refundable",
    },
    "a currency that the shop does not use": { typed: { currency: "EUR" }, refused: { currency: CHOICE } },
  },
  writes: [],
  // No gateway is switched on here; tests/payments/refunds sends money back.
  endsIn: "payment.gateway_off",
});

/** A payment of 99 000 pesos of which 98 000 came. */
let inReview = "";
async function aReview({ own }: World): Promise<void> {
  inReview = randomUUID();
  await committed(async (db) => {
    await db.query(
      `insert into public.payments (organization_id, id, gateway, status, amount, currency, tier_code, tier_version,
         billing_interval, expires_at, idempotency_key, request_hash, payer_email, created_by)
       select organization_id, $2::uuid, gateway, 'review', amount, currency, tier_code, tier_version, billing_interval,
         expires_at, $2::text, '', payer_email, created_by from public.payments where id = $1`,
      [own.payment, inReview],
    );
    await db.query("select private.post_unapplied(p, $2) from public.payments p where id = $1", [
      inReview,
      JSON.stringify({ normalized: "succeeded", currency: "CLP", amountPaidMinor: 98_000 }),
    ]);
  });
}

proveForm("a payment in review", {
  action: resolveReviewAction,
  by: staff,
  prepare: aReview,
  right: () => ({ paymentId: inReview, decision: "accept", received: "98.000", currency: "CLP", reason }),
  mistakes: {
    "a decision without a reason": {
      typed: { decision: "", reason: "" },
      refused: { decision: CHOICE, reason: FIVE },
    },
    "an acceptance of no amount": { typed: { received: "" }, refused: { received: PESOS } },
    "an acceptance of what did not come": {
      typed: { received: "99.000" },
      refused: { received: "No es el monto que informó el medio de pago." },
      code: "payment.received_differs",
    },
    "an acceptance of an amount in words": {
      typed: { received: "todo" },
      refused: { received: PESOS },
    },
  },
  writes: ["private.review_decisions", "public.audit_entries"],
});

proveForm("the word of the second person", {
  action: approveAction,
  by: staff,
  right: () => ({ id: randomUUID(), kind: "refund", approve: "yes", reason: "" }),
  mistakes: {
    "neither yes nor no": { typed: { approve: "maybe" }, refused: { approve: CHOICE } },
    "a reason that is a story": {
      typed: { reason: "r".repeat(501) },
      refused: { reason: "Usa como máximo 500 caracteres." },
    },
  },
  writes: [],
  // Nothing waits here; tests/payments/second-approver approves.
  endsIn: "not_found",
});

proveForm("the secrets of a gateway", {
  action: saveCredentialsAction,
  by: staff,
  right: () => ({
    gateway: "flow",
    mode: "production",
    apiKey: "una-llave-de-prueba",
    secretKey: "un-secreto-de-prueba",
  }),
  secrets: ["apiKey", "secretKey"],
  mistakes: {
    "a secret that is missing": { typed: { secretKey: "" }, refused: { secretKey: EMPTY } },
    "secrets that are cut off": {
      typed: { apiKey: "corta", secretKey: "cortado" },
      refused: { apiKey: "Escribe al menos 8 caracteres.", secretKey: "Escribe al menos 8 caracteres." },
    },
    "a secret longer than any": {
      typed: { secretKey: "s".repeat(501) },
      refused: { secretKey: "Usa como máximo 500 caracteres." },
    },
    "an address of somebody's own": {
      typed: { apiUrl: "https://evil.example" },
      refused: { apiUrl: "Este dato no se esperaba aquí." },
    },
    "a gateway and a world that there are not": {
      typed: { gateway: "stripe", mode: "test" },
      refused: { gateway: CHOICE, mode: CHOICE },
    },
  },
  writes: ["private.gateway_settings"],
});

proveForm("a gateway that is paused", {
  action: pauseGatewayAction,
  by: staff,
  right: () => ({ gateway: "nowpayments", paused: "yes", reason: "mantención avisada" }),
  mistakes: {
    "a pause without a reason": {
      typed: { paused: "", reason: "" },
      refused: { paused: CHOICE, reason: FIVE },
    },
  },
  writes: ["private.gateway_switches"],
});

proveForm("a gateway that changes its world", {
  action: switchGatewayAction,
  by: staff,
  right: () => ({ gateway: "paypal", mode: "sandbox" }),
  mistakes: { "a world that there is not": { typed: { mode: "moon" }, refused: { mode: CHOICE } } },
  writes: [],
  // Nothing is stored to change to; tests/e2e changes worlds.
  endsIn: "gateway.credentials_missing",
});
