// First, for its effect: what is loaded after it finds the framework stood in for.
import "@/tests/fixtures/at-work";

import { closeDrawerAction, moveCashAction, openDrawerAction } from "@/app/(store)/cash-register/actions";
import { mailReceiptAction, voidOrderAction } from "@/app/(store)/orders/actions";
import {
  approveDiscountAction,
  createCustomerAction,
  openDrawerAction as openDrawerAtTheTill,
  parkSaleAction,
} from "@/app/(store)/pos/actions";
import { proveForm } from "./form-proof";

const EMPTY = "Completa este campo.";
const PESOS = "Escribe un monto en pesos, sin decimales.";
const LISTED = "Elige un elemento de la lista.";
const THREE = "Escribe al menos 3 caracteres.";
const EMAIL = "Escribe un correo como nombre@ejemplo.cl.";

for (const [name, action] of [
  ["the opening of a drawer", openDrawerAction],
  ["the opening of a drawer at the till", openDrawerAtTheTill],
] as const)
  proveForm(name, {
    action,
    by: ({ vista }) => vista.cashier,
    right: ({ own }) => ({ branchId: own.branch, float: "20000" }),
    mistakes: {
      "a drawer that nobody counted": { typed: { float: "" }, refused: { float: PESOS } },
      "change for half a peso": { typed: { float: "20,5" }, refused: { float: PESOS } },
      "more than a drawer holds": {
        typed: { float: "100000001" },
        refused: { float: "El máximo es $100.000.000." },
      },
      "no branch": { typed: { branchId: "" }, refused: { branchId: LISTED } },
    },
    writes: ["public.cash_sessions"],
  });

proveForm("money taken out of a drawer", {
  action: moveCashAction,
  right: ({ own }) => ({
    key: "movimiento-uno",
    sessionId: own.cashSession,
    kind: "paid_out",
    amount: "5000",
    reason: "compra de bolsas",
  }),
  mistakes: {
    "an amount and a reason left empty": {
      typed: { amount: "", reason: " " },
      refused: { amount: PESOS, reason: THREE },
    },
    "no money at all": { typed: { amount: "0" }, refused: { amount: "El mínimo es $1." } },
    "a way that money cannot go": {
      typed: { kind: "lost" },
      refused: { kind: "Elige una de las opciones." },
    },
    "more than the drawer holds": {
      typed: { amount: "99000000" },
      refused: { amount: "En la caja no hay tanto efectivo." },
      code: "cash_session.not_enough_cash",
    },
    "a reason that fits no book": {
      typed: { reason: "r".repeat(201) },
      refused: { reason: "Usa como máximo 200 caracteres." },
    },
  },
  writes: ["public.cash_movements"],
});

proveForm("the closing of a drawer", {
  action: closeDrawerAction,
  right: ({ own }) => ({
    sessionId: own.cashSession,
    cash: "75000",
    debit: "0",
    credit: "0",
    transfer: "0",
    note: "",
  }),
  mistakes: {
    "a count that nobody wrote down": {
      typed: { cash: "", debit: "", credit: undefined, transfer: " " },
      refused: { cash: PESOS, debit: PESOS, credit: "Revisa este dato.", transfer: PESOS },
    },
    "one tender in words": { typed: { credit: "nada" }, refused: { credit: PESOS } },
    "money that is less than none": { typed: { cash: "-1" }, refused: { cash: PESOS } },
    "a note longer than a page": {
      typed: { note: "n".repeat(501) },
      refused: { note: "Usa como máximo 500 caracteres." },
    },
  },
  writes: ["public.cash_sessions", "public.audit_entries"],
});

proveForm("the voiding of a sale", {
  action: voidOrderAction,
  right: ({ own }) => ({ orderId: own.order, reason: "se arrepintió" }),
  mistakes: {
    "a drawer that is none": { typed: { sessionId: "la de Ana" }, refused: { sessionId: LISTED } },
    "no reason": { typed: { reason: "" }, refused: { reason: THREE } },
    "a reason of spaces": { typed: { reason: "    " }, refused: { reason: THREE } },
    "a reason that is a story": {
      typed: { reason: "r".repeat(501) },
      refused: { reason: "Usa como máximo 500 caracteres." },
    },
  },
  writes: ["public.orders", "public.stock_levels", "public.stock_movements", "public.audit_entries"],
});

proveForm("a sale put aside", {
  action: parkSaleAction,
  sends: "object",
  by: ({ vista }) => vista.seller,
  right: ({ own }) => ({
    key: "espera-uno",
    branchId: own.branch,
    label: "Señor del sombrero",
    cart: { lines: [] },
  }),
  mistakes: {
    "a sale without a label": { typed: { label: "  " }, refused: { label: EMPTY } },
    "a label that fits no list": {
      typed: { label: "S".repeat(81) },
      refused: { label: "Usa como máximo 80 caracteres." },
    },
    "no cart": { typed: { cart: undefined }, refused: { cart: EMPTY } },
    "a key that is none": { typed: { key: "uno" }, refused: { key: "Revisa el formato." } },
  },
  writes: ["public.parked_sales"],
});

proveForm("the approval of a discount", {
  action: approveDiscountAction,
  by: ({ vista }) => vista.seller,
  right: ({ own }) => ({
    branchId: own.branch,
    approverId: own.approver,
    pin: "4711",
    discountBp: "1000",
    discount: "5000",
  }),
  secrets: ["pin"],
  mistakes: {
    "a code that is none": { typed: { pin: "47" }, refused: { pin: "Usa de 4 a 8 dígitos." } },
    "a code of somebody else": {
      typed: { pin: "2580" },
      refused: { pin: "El código no coincide." },
      code: "sale.approval_invalid",
      // Wrong codes are counted, so that nobody tries them all.
      counts: ["private.approval_pins", "private.security_events"],
    },
    "nobody who approves": { typed: { approverId: "" }, refused: { approverId: LISTED } },
    "more than all of the price": {
      typed: { discountBp: "10001" },
      refused: { discountBp: "El máximo es 10.000." },
    },
    "less than nothing off the sale": {
      typed: { discount: "-1" },
      refused: { discount: "El mínimo es 0." },
    },
  },
  writes: ["public.discount_approvals", "public.audit_entries"],
});

proveForm("a receipt by mail", {
  action: mailReceiptAction,
  right: ({ own }) => ({ orderId: own.order, email: "cliente@ejemplo.cl" }),
  mistakes: {
    "no address": { typed: { email: "" }, refused: { email: EMAIL } },
    "an address without a host": { typed: { email: "cliente@" }, refused: { email: EMAIL } },
    "two addresses in one": {
      typed: { email: "uno@ejemplo.cl, dos@ejemplo.cl" },
      refused: { email: EMAIL },
    },
  },
  writes: ["private.outbox", "public.audit_entries"],
});

proveForm("a new customer at the till", {
  action: createCustomerAction,
  by: ({ vista }) => vista.seller,
  right: () => ({ kind: "person", givenNames: "Luz", surnames: "Vera", rut: "22.222.222-2", phone: "" }),
  mistakes: {
    "a RUT and a telephone that are none": {
      typed: { rut: "22.222.222-3", phone: "999" },
      refused: {
        rut: "El RUT no es válido: revisa el dígito verificador.",
        phone: "Escribe un teléfono válido, por ejemplo +56 9 1234 5678.",
      },
    },
  },
  writes: ["public.customers", "public.audit_entries"],
});
