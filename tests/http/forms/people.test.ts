// First, for its effect: what is loaded after it finds the framework stood in for.
import "@/tests/fixtures/at-work";

import { createCustomerAction, updateCustomerAction } from "@/app/(store)/customers/actions";
import { changeNameAction, changePasswordAction, setApprovalCodeAction } from "@/app/(store)/profile/actions";
import { changeAccessAction, inviteMemberAction } from "@/app/(store)/settings/users/actions";
import { UNCHANGED } from "../wall/world";
import { type Mistake, proveForm } from "./form-proof";

const EMPTY = "Completa este campo.";
const CHOICE = "Elige una de las opciones.";
const EMAIL = "Escribe un correo como nombre@ejemplo.cl.";

const aPerson = {
  kind: "person",
  givenNames: "Pedro",
  surnames: "Soto Rojas",
  rut: "11.111.111-1",
  documentType: "",
  documentNumber: "",
  email: "pedro@ejemplo.cl",
  phone: "+56 9 1234 5678",
  birthOn: "1980-05-01",
  address: "Moneda 1",
  comuna: "Santiago",
  notes: "",
};

const mistakesAboutCustomers: Record<string, Mistake> = {
  "a card without names": {
    typed: { givenNames: " ", surnames: " " },
    refused: { surnames: EMPTY, givenNames: "Escribe el nombre de la persona." },
  },
  "a RUT with another check digit": {
    typed: { rut: "11.111.111-2" },
    refused: { rut: "El RUT no es válido: revisa el dígito verificador." },
  },
  "a RUT that another customer has": {
    typed: { rut: "12345678-5" },
    refused: { rut: "Este RUT ya está registrado." },
    code: "customer.rut_taken",
  },
  "an address and a telephone that reach nobody": {
    typed: { email: "pedro@", phone: "12" },
    refused: { email: EMAIL, phone: "Escribe un teléfono válido, por ejemplo +56 9 1234 5678." },
  },
  "a birthday in the future": {
    typed: { birthOn: "2999-01-01" },
    refused: { birthOn: "Escribe una fecha de nacimiento desde 1900 y que no esté en el futuro." },
  },
  "a birthday that no calendar has": {
    typed: { birthOn: "1980-02-31" },
    refused: { birthOn: "Escribe una fecha válida." },
  },
  "a passport without its number": {
    typed: { documentType: "passport" },
    refused: { documentNumber: "Escribe el número del documento." },
  },
  "a number of who knows what document": {
    typed: { documentNumber: "AB-1" },
    refused: { documentType: "Elige qué documento es." },
  },
  "names and notes that fit no card": {
    typed: { surnames: "S".repeat(121), notes: "n".repeat(2_001) },
    refused: { surnames: "Usa como máximo 120 caracteres.", notes: "Usa como máximo 2000 caracteres." },
  },
  "neither a person nor a company": { typed: { kind: "robot" }, refused: { kind: CHOICE } },
};

proveForm("the form of a new customer", {
  action: createCustomerAction,
  by: ({ vista }) => vista.seller,
  right: () => aPerson,
  mistakes: mistakesAboutCustomers,
  writes: ["public.customers", "public.audit_entries", "public.usage_counters"],
});

proveForm("the form of a known customer", {
  action: updateCustomerAction,
  by: ({ vista }) => vista.seller,
  right: ({ own }) => ({ ...aPerson, rut: "12.345.678-5", id: own.customer, version: "1" }),
  mistakes: {
    "a company whose RUT has another check digit": {
      typed: { kind: "company", rut: "76.000.001-0" },
      refused: { rut: "El RUT no es válido: revisa el dígito verificador." },
    },
    "a card without a surname": { typed: { surnames: "" }, refused: { surnames: EMPTY } },
  },
  writes: ["public.customers", "public.audit_entries"],
});

const mistakesAboutAccess: Record<string, Mistake> = {
  "a role that the shop does not know": { typed: { role: "king" }, refused: { role: CHOICE } },
  "somebody who may enter no branch": {
    typed: { "branchIds[]": [] },
    refused: { branchIds: "Elige al menos una sucursal, o todas." },
  },
};

proveForm("the invitation of a member", {
  action: inviteMemberAction,
  right: ({ own }) => ({ email: "nadia@ejemplo.cl", role: "seller", "branchIds[]": [own.branch] }),
  mistakes: {
    ...mistakesAboutAccess,
    "all of it at once": {
      typed: { email: "nadia", role: "", "branchIds[]": [] },
      refused: { email: EMAIL, role: CHOICE, branchIds: "Elige al menos una sucursal, o todas." },
    },
    "an empty address": { typed: { email: "" }, refused: { email: EMAIL } },
    "somebody who is a member already": {
      typed: { email: "seller@vista.test" },
      refused: { email: "Esta persona ya pertenece a tu óptica." },
      code: "invitation.already_member",
    },
  },
  writes: ["public.invitations", "private.outbox", "public.audit_entries"],
});

proveForm("the access of a member", {
  action: changeAccessAction,
  right: ({ own }) => ({
    id: own.member,
    role: "cashier",
    "branchIds[]": [own.branch],
    "permissions[]": ["cash.operate"],
    updatedAt: UNCHANGED,
  }),
  mistakes: mistakesAboutAccess,
  writes: ["public.admin_users", "public.audit_entries"],
});

proveForm("one's own name", {
  action: changeNameAction,
  right: () => ({ fullName: "Ana Rojas" }),
  mistakes: {
    "nothing but spaces": { typed: { fullName: "  " }, refused: { fullName: EMPTY } },
    "a name that fits nowhere": {
      typed: { fullName: "A".repeat(121) },
      refused: { fullName: "Usa como máximo 120 caracteres." },
    },
    "the name of a colleague": {
      typed: { fullName: "SELLER  de vista" },
      refused: {
        fullName: "Otra persona de la óptica ya se llama así. Agrega algo que las distinga.",
      },
      code: "member.name_taken",
    },
  },
  writes: ["public.admin_users", "public.audit_entries"],
});

proveForm("the code with which a discount is approved", {
  action: setApprovalCodeAction,
  right: () => ({ pin: "4712" }),
  secrets: ["pin"],
  mistakes: {
    "three digits": { typed: { pin: "471" }, refused: { pin: "Usa de 4 a 8 dígitos." } },
    "a word": { typed: { pin: "secreto" }, refused: { pin: "Usa de 4 a 8 dígitos." } },
    nothing: { typed: { pin: "" }, refused: { pin: "Usa de 4 a 8 dígitos." } },
  },
  writes: ["private.approval_pins"],
});

proveForm("another password", {
  action: changePasswordAction,
  right: () => ({ currentPassword: "correcto-caballo-grapa", password: "otra-grapa-correcta" }),
  secrets: ["currentPassword", "password"],
  mistakes: {
    "a short one": {
      typed: { password: "xk3%Lq" },
      refused: { password: "Usa al menos 10 caracteres." },
    },
    "one that everybody has": {
      typed: { password: "1234567890" },
      refused: { password: "Esta contraseña es demasiado común." },
    },
    "one longer than what is kept of it": {
      typed: { password: "ñandú-".repeat(20) },
      refused: { password: "Usa una contraseña más corta: hasta 72 letras." },
    },
    "one's own address": {
      typed: ({ vista }) => ({ password: vista.owner.email ?? "" }),
      refused: { password: "La contraseña no puede ser tu correo." },
    },
    "without the one that holds": { typed: { currentPassword: "" }, refused: { currentPassword: EMPTY } },
  },
  writes: [],
  // No auth server listens here; tests/http/identity-sign-in changes passwords.
  endsIn: "server.unavailable",
});
