/** Answers as NOWPayments' API collection prints them (documenter 7907941, read 2026-11-22), numbers and all. */

export const created = `{"id":"4522625843","order_id":"RGDBP-21314","order_description":"Apple Macbook Pro 2019 x 1",
  "price_amount":"1000","price_currency":"usd","pay_currency":null,"ipn_callback_url":"https://nowpayments.io",
  "invoice_url":"https://nowpayments.io/payment/?iid=4522625843","success_url":"https://nowpayments.io",
  "cancel_url":"https://nowpayments.io","created_at":"2020-12-22T15:05:58.290Z","updated_at":"2020-12-22T15:05:58.290Z"}`;

export const waiting = `{"payment_id":"5745459419","payment_status":"waiting","pay_address":"3EZ2uTdVDAMFXTfc6uLDDKR6o8qKBZXVkj",
  "price_amount":3999.5,"price_currency":"usd","pay_amount":0.17070286,"actually_paid":0,"pay_currency":"btc",
  "order_id":"RGDBP-21314","order_description":"Apple Macbook Pro 2019 x 1","ipn_callback_url":"https://nowpayments.io",
  "created_at":"2020-12-22T15:00:22.742Z","updated_at":"2020-12-22T15:00:22.742Z","purchase_id":"5837122679",
  "amount_received":null,"payin_extra_id":null,"smart_contract":"","network":"btc","network_precision":8,
  "time_limit":null,"burning_percent":null,"expiration_estimate_date":"2020-12-23T15:00:22.742Z"}`;

/** The notice of the collection, with the comma that its text lacks. */
export const reDeposit = `{"payment_id":123456789,"parent_payment_id":987654321,"invoice_id":null,"payment_status":"finished",
  "pay_address":"address","payin_extra_id":null,"price_amount":1,"price_currency":"usd","pay_amount":15,"actually_paid":15,
  "actually_paid_at_fiat":0,"pay_currency":"trx","order_id":null,"order_description":null,"purchase_id":"123456789",
  "outcome_amount":14.8106,"outcome_currency":"trx","payment_extra_ids":null,
  "fee":{"currency":"btc","depositFee":0.09853637216235617,"withdrawalFee":0,"serviceFee":0}}`;
