/** Answers as Mercado Pago's documentation and libraries print them (read 2026-11-24), in Chilean pesos. */

export const approved = {
  id: 128843756012,
  status: "approved",
  status_detail: "accredited",
  currency_id: "CLP",
  transaction_amount: 19990,
  transaction_amount_refunded: 0,
  external_reference: "pay_42",
  metadata: {},
  order: { id: "20300", type: "mercadopago" },
  live_mode: true,
  date_last_updated: "2026-11-24T10:15:00.000-04:00",
  refunds: [],
};

export const preference = {
  id: "446566691-2c938084726fca480172750000000000",
  collector_id: 446566691,
  expires: true,
  expiration_date_to: "2026-12-01T12:00:00.000-03:00",
  external_reference: "pay_42",
  init_point: "https://www.mercadopago.cl/checkout/v1/redirect?pref_id=446566691-2c938084",
  items: [{ id: "plan", title: "Plan Pro", quantity: 1, unit_price: 19990, currency_id: "CLP" }],
};

export const refund = {
  id: 1009042015,
  payment_id: 128843756012,
  amount: 5000,
  metadata: {},
  date_created: "2026-11-24T10:20:00.000-04:00",
  status: "approved",
};
