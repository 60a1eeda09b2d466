/** Answers and events in PayPal's published form (REST specifications 2.13, 2.5, 1.6; webhook samples). */

export const createdOrder = {
  id: "5O190127TN364715T",
  status: "PAYER_ACTION_REQUIRED",
  payment_source: { paypal: {} },
  links: [
    { href: "https://api-m.paypal.com/v2/checkout/orders/5O190127TN364715T", rel: "self", method: "GET" },
    {
      href: "https://www.paypal.com/checkoutnow?token=5O190127TN364715T",
      rel: "payer-action",
      method: "GET",
    },
  ],
} as const;

export const capturedOrder = {
  id: "5O190127TN364715T",
  intent: "CAPTURE",
  status: "COMPLETED",
  payment_source: {
    paypal: { email_address: "buyer@example.com", account_id: "QYR5Z8XDVJNXQ", account_status: "VERIFIED" },
  },
  purchase_units: [
    {
      reference_id: "default",
      amount: { currency_code: "USD", value: "29.90" },
      payee: { email_address: "shop@example.com", merchant_id: "C7CYMKZDG8D6E" },
      custom_id: "00112233445566778899aabbccddeeff",
      invoice_id: "00112233445566778899aabbccddeeff",
      payments: {
        captures: [
          {
            id: "3C679366HH908993F",
            status: "COMPLETED",
            amount: { currency_code: "USD", value: "29.90" },
            final_capture: true,
            seller_protection: { status: "ELIGIBLE", dispute_categories: ["ITEM_NOT_RECEIVED"] },
            seller_receivable_breakdown: {
              gross_amount: { currency_code: "USD", value: "29.90" },
              paypal_fee: { currency_code: "USD", value: "1.53" },
              net_amount: { currency_code: "USD", value: "28.37" },
            },
            custom_id: "00112233445566778899aabbccddeeff",
            create_time: "2026-11-20T12:00:29Z",
            update_time: "2026-11-20T12:00:29Z",
          },
        ],
      },
    },
  ],
  payer: { payer_id: "QYR5Z8XDVJNXQ", email_address: "buyer@example.com" },
  create_time: "2026-11-20T11:58:00Z",
  update_time: "2026-11-20T12:00:30Z",
} as const;

export const subscription = {
  id: "I-BW452GLLEP1G",
  plan_id: "P-5ML4271244454362WXNWU5NQ",
  status: "ACTIVE",
  status_update_time: "2026-10-01T10:00:05Z",
  custom_id: "ffeeddccbbaa99887766554433221100",
  start_time: "2026-10-01T10:00:00Z",
  quantity: "1",
  subscriber: { email_address: "ana@example.com", name: { given_name: "Ana", surname: "Pérez" } },
  billing_info: {
    outstanding_balance: { currency_code: "USD", value: "0.0" },
    cycle_executions: [{ tenure_type: "REGULAR", sequence: 1, cycles_completed: 2, total_cycles: 0 }],
    last_payment: { amount: { currency_code: "USD", value: "29.90" }, time: "2026-11-01T10:00:00Z" },
    next_billing_time: "2026-12-01T10:00:00Z",
    failed_payments_count: 0,
  },
  plan: {
    billing_cycles: [
      {
        pricing_scheme: { version: 1, fixed_price: { currency_code: "USD", value: "29.90" } },
        frequency: { interval_unit: "MONTH", interval_count: 1 },
        tenure_type: "REGULAR",
        sequence: 1,
        total_cycles: 0,
      },
    ],
  },
} as const;

const breakdown = { gross_amount: { currency_code: "USD", value: "29.90" } };

export const subscriptionTransactions = {
  transactions: [
    {
      status: "COMPLETED",
      id: "TRFGHNJKOIIOJKL",
      amount_with_breakdown: breakdown,
      time: "2026-10-01T10:00:00Z",
    },
    {
      status: "DECLINED",
      id: "VBNMKLOIUYTRDCV",
      amount_with_breakdown: breakdown,
      time: "2026-11-01T10:00:00Z",
    },
    {
      status: "REFUNDED",
      id: "QAZXSWEDCVFRTGB",
      amount_with_breakdown: breakdown,
      time: "2026-11-02T10:00:00Z",
    },
  ],
} as const;

/** A subscription's cycle: a sale, whose amount is spelled otherwise. */
export const saleCompleted = {
  id: "WH-7TD06178SN6217624-3C226533PM3353143",
  event_version: "1.0",
  create_time: "2026-11-01T10:00:10.000Z",
  resource_type: "sale",
  event_type: "PAYMENT.SALE.COMPLETED",
  summary: "Payment completed for $ 29.9 USD",
  resource: {
    billing_agreement_id: "I-BW452GLLEP1G",
    amount: { total: "29.90", currency: "USD", details: { subtotal: "29.90" } },
    payment_mode: "INSTANT_TRANSFER",
    create_time: "2026-11-01T10:00:00Z",
    transaction_fee: { currency: "USD", value: "1.53" },
    parent_payment: "PAYID-1",
    state: "completed",
    id: "80F85758S89244129",
  },
  links: [],
} as const;

/** The event whose signed text PayPal publishes with its Ruby SDK's tests; byte for byte, since its CRC is known. */
export const publishedEvent =
  '{"id":"WH-0G2756385H040842W-5Y612302CV158622M","create_time":"2015-05-18T15:45:13Z","resource_type":"sale","event_type":"PAYMENT.SALE.COMPLETED","summary":"Payment completed for $ 20.0 USD","resource":{"id":"4EU7004268015634R","create_time":"2015-05-18T15:44:02Z","update_time":"2015-05-18T15:44:21Z","amount":{"total":"20.00","currency":"USD"},"payment_mode":"INSTANT_TRANSFER","state":"completed","protection_eligibility":"ELIGIBLE","protection_eligibility_type":"ITEM_NOT_RECEIVED_ELIGIBLE,UNAUTHORIZED_PAYMENT_ELIGIBLE","parent_payment":"PAY-86C81811X5228590KKVNARQQ","transaction_fee":{"value":"0.88","currency":"USD"},"links":[{"href":"https://api.sandbox.paypal.com/v1/payments/sale/4EU7004268015634R","rel":"self","method":"GET"},{"href":"https://api.sandbox.paypal.com/v1/payments/sale/4EU7004268015634R/refund","rel":"refund","method":"POST"},{"href":"https://api.sandbox.paypal.com/v1/payments/payment/PAY-86C81811X5228590KKVNARQQ","rel":"parent_payment","method":"GET"}]},"links":[{"href":"https://api.sandbox.paypal.com/v1/notifications/webhooks-events/WH-0G2756385H040842W-5Y612302CV158622M","rel":"self","method":"GET"},{"href":"https://api.sandbox.paypal.com/v1/notifications/webhooks-events/WH-0G2756385H040842W-5Y612302CV158622M/resend","rel":"resend","method":"POST"}]}';
