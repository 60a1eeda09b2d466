// One file a namespace and language. A new namespace: two imports and one line in each object.
import enBilling from "./en/billing.json";
import enCashRegister from "./en/cashRegister.json";
import enCommon from "./en/common.json";
import enConsole from "./en/console.json";
import enCrash from "./en/crash.json";
import enErrors from "./en/errors.json";
import enFields from "./en/fields.json";
import enMails from "./en/mails.json";
import enOrders from "./en/orders.json";
import enPos from "./en/pos.json";
import enReceipts from "./en/receipts.json";
import enShell from "./en/shell.json";
import enUi from "./en/ui.json";
import esBilling from "./es/billing.json";
import esCashRegister from "./es/cashRegister.json";
import esCommon from "./es/common.json";
import esConsole from "./es/console.json";
import esCrash from "./es/crash.json";
import esErrors from "./es/errors.json";
import esFields from "./es/fields.json";
import esMails from "./es/mails.json";
import esOrders from "./es/orders.json";
import esPos from "./es/pos.json";
import esReceipts from "./es/receipts.json";
import esShell from "./es/shell.json";
import esUi from "./es/ui.json";

const es = {
  billing: esBilling,
  cashRegister: esCashRegister,
  common: esCommon,
  console: esConsole,
  crash: esCrash,
  errors: esErrors,
  fields: esFields,
  mails: esMails,
  orders: esOrders,
  pos: esPos,
  receipts: esReceipts,
  shell: esShell,
  ui: esUi,
};

/** The shape of all messages: Spanish is the original, English must have the same keys. */
export type Messages = typeof es;
export type Namespace = keyof Messages;

const en: Messages = {
  billing: enBilling,
  cashRegister: enCashRegister,
  common: enCommon,
  console: enConsole,
  crash: enCrash,
  errors: enErrors,
  fields: enFields,
  mails: enMails,
  orders: enOrders,
  pos: enPos,
  receipts: enReceipts,
  shell: enShell,
  ui: enUi,
};

export const messages = { es, en } as const;
