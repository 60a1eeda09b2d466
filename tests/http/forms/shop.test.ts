// First, for its effect: what is loaded after it finds the framework stood in for.
import "@/tests/fixtures/at-work";

import { changeLogoAction, updateOrganizationAction } from "@/app/(store)/settings/actions";
import { createBranchAction, updateBranchAction } from "@/app/(store)/settings/branches/actions";
import { aPng } from "@/tests/fixtures/a-png";
import { onePixel, UNCHANGED } from "../wall/world";
import { type Mistake, proveForm } from "./form-proof";

const EMPTY = "Completa este campo.";
const PHONE = "Escribe un teléfono válido, por ejemplo +56 9 1234 5678.";
const HOUR = "Escribe una hora entre 00:00 y 23:59, por ejemplo 09:30.";

const aBranch = {
  name: "Plaza",
  address: "Moneda 1",
  comuna: "Santiago",
  phone: "+56 2 2345 6789",
  timeZone: "America/Santiago",
  "hours.1.open": "on",
  "hours.1.opens": "9:30",
  "hours.1.closes": "19:00",
  "hours.6.open": "on",
  "hours.6.opens": "10:00",
  "hours.6.closes": "14:00",
};

const mistakesAboutBranches: Record<string, Mistake> = {
  "a branch without a name": { typed: { name: "  " }, refused: { name: EMPTY } },
  "a name that another branch has": {
    typed: { name: "Mall" },
    refused: { name: "Ya hay una sucursal con ese nombre." },
    code: "branch.name_taken",
  },
  "a telephone of two digits and a clock of another country": {
    typed: { phone: "12", timeZone: "Europe/Madrid" },
    refused: { phone: PHONE, timeZone: "Elige una de las opciones." },
  },
  "a day that closes before it opens": {
    typed: { "hours.6.closes": "09:00" },
    refused: { "hours.6.closes": "Debe cerrar después de abrir." },
  },
  "an hour that no clock shows": {
    typed: { "hours.1.opens": "25:00" },
    refused: { "hours.1.opens": HOUR },
  },
  "days that are open at no hour": {
    typed: { "hours.1.opens": "", "hours.1.closes": "", "hours.6.closes": "tarde" },
    refused: { "hours.1.opens": HOUR, "hours.1.closes": HOUR, "hours.6.closes": HOUR },
  },
  "words that fit no sign": {
    typed: { name: "P".repeat(81), address: "M".repeat(201), comuna: "S".repeat(81) },
    refused: {
      name: "Usa como máximo 80 caracteres.",
      address: "Usa como máximo 200 caracteres.",
      comuna: "Usa como máximo 80 caracteres.",
    },
  },
};

proveForm("the form of a new branch", {
  action: createBranchAction,
  right: () => aBranch,
  mistakes: mistakesAboutBranches,
  writes: ["public.branches", "public.audit_entries", "public.usage_counters"],
});

proveForm("the form of a known branch", {
  action: updateBranchAction,
  right: ({ own }) => ({ ...aBranch, id: own.branch, version: "1" }),
  mistakes: mistakesAboutBranches,
  writes: ["public.branches", "public.audit_entries"],
});

proveForm("what the shop says about itself", {
  action: updateOrganizationAction,
  right: () => ({
    name: "Óptica Vista",
    legalName: "Vista SpA",
    rut: "11.111.111-1",
    activity: "Venta de lentes",
    address: "Moneda 1",
    comuna: "Santiago",
    phone: "+56 2 2345 6789",
    email: "hola@vista.cl",
    receiptFooter: "Gracias",
    updatedAt: UNCHANGED,
  }),
  mistakes: {
    "a shop without a name": { typed: { name: "" }, refused: { name: EMPTY } },
    "a RUT, a telephone and an address that are none": {
      typed: { rut: "1-1", phone: "abc", email: "hola@" },
      refused: {
        rut: "El RUT no es válido: revisa el dígito verificador.",
        phone: PHONE,
        email: "Escribe un correo como nombre@ejemplo.cl.",
      },
    },
    "words that fit no receipt": {
      typed: { legalName: "V".repeat(161), activity: "A".repeat(161), receiptFooter: "G".repeat(301) },
      refused: {
        legalName: "Usa como máximo 160 caracteres.",
        activity: "Usa como máximo 160 caracteres.",
        receiptFooter: "Usa como máximo 300 caracteres.",
      },
    },
  },
  writes: ["public.organizations", "public.audit_entries"],
});

const small = await aPng(2, 2);
const wide = await aPng(1_025, 10);

proveForm("the logo of the shop", {
  action: changeLogoAction,
  right: () => ({ logo: small }),
  mistakes: {
    "no file": { typed: { logo: "" }, refused: { logo: "Elige un archivo." } },
    "an empty file": {
      typed: { logo: new File([], "logo.png", { type: "image/png" }) },
      refused: { logo: "Elige un archivo." },
    },
    "a text that calls itself a picture": {
      typed: { logo: new File(["<svg onload='x()'/>"], "logo.png", { type: "image/png" }) },
      refused: { logo: "El archivo no es una imagen PNG, JPEG o WebP." },
    },
    "a picture that is too heavy": {
      typed: { logo: new File([onePixel, Buffer.alloc(262_144)], "logo.png", { type: "image/png" }) },
      refused: { logo: "El archivo pesa más de 256 KB. Guárdalo más liviano." },
    },
    "a picture that is too wide": {
      typed: { logo: wide },
      refused: { logo: "La imagen mide más de 1024 píxeles por lado. Redúcela." },
    },
  },
  writes: ["public.organization_logos"],
});
