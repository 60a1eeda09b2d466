export {
  type Advance,
  type AsService,
  advanceOrganization,
  advanceSubscriptions,
} from "./advance-subscriptions";
export {
  cancelSubscription,
  type PlanPreview,
  planDowngrade,
  previewPlan,
  resumeSubscription,
} from "./change-plan";
export { findRenewalEndedBy } from "./find-renewal-ended-by";
export {
  type Billing,
  type BillingPayment,
  type BillingRenewal,
  getBilling,
} from "./get-billing";
export { getInvoicePdf } from "./get-invoice-pdf";
export { getInvoice, type Invoice } from "./invoices";
export { subscriptionJobs } from "./jobs";
export type { Tier } from "./price-list";
export {
  type PlanChangeKind,
  type PriceLine,
  type PriceQuestion,
  type Quote,
  quotePayment,
} from "./quote-payment";
export {
  type Cancellation,
  cancellation,
  type PlanChange,
  planChange,
} from "./schema";
export { type SubscriptionNews, subscriptionNews } from "./subscription-news";
