export { type Billing, type BillingPayment, getBilling, type Tier } from "./get-billing";
