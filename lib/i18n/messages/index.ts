// One file a namespace and language. A new namespace: two imports and one line in each object.
import enActivity from "./en/activity.json";
import enBilling from "./en/billing.json";
import enCashRegister from "./en/cashRegister.json";
import enCheckout from "./en/checkout.json";
import enCommon from "./en/common.json";
import enConsole from "./en/console.json";
import enConsoleCoupons from "./en/consoleCoupons.json";
import enConsolePayments from "./en/consolePayments.json";
import enConsoleSubscriptions from "./en/consoleSubscriptions.json";
import enConsoleTiers from "./en/consoleTiers.json";
import enCrash from "./en/crash.json";
import enCustomers from "./en/customers.json";
import enErrors from "./en/errors.json";
import enFields from "./en/fields.json";
import enHome from "./en/home.json";
import enIdentity from "./en/identity.json";
import enInventory from "./en/inventory.json";
import enMails from "./en/mails.json";
import enMembers from "./en/members.json";
import enOrders from "./en/orders.json";
import enPos from "./en/pos.json";
import enProducts from "./en/products.json";
import enProfile from "./en/profile.json";
import enReceipts from "./en/receipts.json";
import enSearch from "./en/search.json";
import enSettings from "./en/settings.json";
import enShell from "./en/shell.json";
import enUi from "./en/ui.json";
import esActivity from "./es/activity.json";
import esBilling from "./es/billing.json";
import esCashRegister from "./es/cashRegister.json";
import esCheckout from "./es/checkout.json";
import esCommon from "./es/common.json";
import esConsole from "./es/console.json";
import esConsoleCoupons from "./es/consoleCoupons.json";
import esConsolePayments from "./es/consolePayments.json";
import esConsoleSubscriptions from "./es/consoleSubscriptions.json";
import esConsoleTiers from "./es/consoleTiers.json";
import esCrash from "./es/crash.json";
import esCustomers from "./es/customers.json";
import esErrors from "./es/errors.json";
import esFields from "./es/fields.json";
import esHome from "./es/home.json";
import esIdentity from "./es/identity.json";
import esInventory from "./es/inventory.json";
import esMails from "./es/mails.json";
import esMembers from "./es/members.json";
import esOrders from "./es/orders.json";
import esPos from "./es/pos.json";
import esProducts from "./es/products.json";
import esProfile from "./es/profile.json";
import esReceipts from "./es/receipts.json";
import esSearch from "./es/search.json";
import esSettings from "./es/settings.json";
import esShell from "./es/shell.json";
import esUi from "./es/ui.json";

const es = {
  activity: esActivity,
  billing: esBilling,
  cashRegister: esCashRegister,
  checkout: esCheckout,
  common: esCommon,
  console: esConsole,
  consoleCoupons: esConsoleCoupons,
  consolePayments: esConsolePayments,
  consoleSubscriptions: esConsoleSubscriptions,
  consoleTiers: esConsoleTiers,
  crash: esCrash,
  customers: esCustomers,
  errors: esErrors,
  fields: esFields,
  home: esHome,
  identity: esIdentity,
  inventory: esInventory,
  mails: esMails,
  members: esMembers,
  orders: esOrders,
  pos: esPos,
  products: esProducts,
  profile: esProfile,
  receipts: esReceipts,
  search: esSearch,
  settings: esSettings,
  shell: esShell,
  ui: esUi,
};

/** The shape of all messages: Spanish is the original, English must have the same keys. */
export type Messages = typeof es;
export type Namespace = keyof Messages;

const en: Messages = {
  activity: enActivity,
  billing: enBilling,
  cashRegister: enCashRegister,
  checkout: enCheckout,
  common: enCommon,
  console: enConsole,
  consoleCoupons: enConsoleCoupons,
  consolePayments: enConsolePayments,
  consoleSubscriptions: enConsoleSubscriptions,
  consoleTiers: enConsoleTiers,
  crash: enCrash,
  customers: enCustomers,
  errors: enErrors,
  fields: enFields,
  home: enHome,
  identity: enIdentity,
  inventory: enInventory,
  mails: enMails,
  members: enMembers,
  orders: enOrders,
  pos: enPos,
  products: enProducts,
  profile: enProfile,
  receipts: enReceipts,
  search: enSearch,
  settings: enSettings,
  shell: enShell,
  ui: enUi,
};

export const messages = { es, en } as const;
