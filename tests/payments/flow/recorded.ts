/** Answers as Flow's documentation prints them (developers.flow.cl, read 2026-11-22). */

export const created = {
  url: "https://sandbox.flow.cl/app/web/pay.php",
  token: "33373581FC32576FAF33C46FC6454B1FFEBD7E1H",
  flowOrder: 8765456,
};

export const paid = {
  flowOrder: 3567899,
  commerceOrder: "sf12377",
  requestDate: "2017-07-21 12:32:11",
  status: 2,
  subject: "game console",
  currency: "CLP",
  amount: 12000,
  payer: "pperez@gamil.com",
  optional: { RUT: "7025521-9", ID: "899564778" },
  pending_info: { media: null, date: null },
  paymentData: {
    date: "2017-07-21 12:32:11",
    media: "webpay",
    conversionDate: "2017-07-21",
    conversionRate: 1.1,
    amount: 12000,
    currency: "CLP",
    fee: 551,
    balance: 11499,
    transferDate: "2017-07-24",
  },
  merchantId: null,
};

/** The same shape as public integrations report it: numbers as text. */
export const paidAsText = {
  ...paid,
  flowOrder: "3567900",
  status: 2,
  amount: "9990.00",
  paymentData: { ...paid.paymentData, amount: "9990", currency: "CLP" },
};

export const pending = {
  ...paid,
  status: 1,
  pending_info: { media: "Multicaja", date: "2017-07-21 10:30:12" },
  paymentData: {
    date: null,
    media: null,
    conversionDate: null,
    conversionRate: null,
    amount: null,
    currency: null,
    fee: null,
    balance: null,
    transferDate: null,
  },
};

export const refund = {
  token: "C93B4FAD6D63ED9A3F25D21E5D6DD0105FA8CAAQ",
  flowRefundOrder: "122767",
  date: "2017-07-21 12:33:15",
  status: "created",
  amount: "12000.00",
  fee: "240.00",
};
