export { type Billing, type BillingPayment, getBilling, type Tier } from "./get-billing";
export { type SubscriptionNews, subscriptionNews } from "./subscription-news";
