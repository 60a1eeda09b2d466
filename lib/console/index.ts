export {
  type ConfigurationSetting,
  checkCredentials,
  forgetCredentials,
  pauseGateway,
  saveCredentials,
  switchGateway,
} from "./configure-gateway";
export { couponFilter, couponForm, couponReference, couponStates } from "./coupons-schema";
export {
  credentialsForm,
  gatewayPause,
  modeSwitch,
  storedSet,
} from "./gateways-schema";
export { type Dashboard, getDashboard } from "./get-dashboard";
export {
  getStoredGateways,
  type InvariantRow,
  listInvariants,
  type StoredGateways,
} from "./get-gateways";
export { getOrganization, type OrganizationDetail } from "./get-organization";
export {
  askGateway,
  getPaymentDetail,
  type PaymentDetail,
  type PaymentRefund,
  type TimelineEntry,
} from "./get-payment";
export { getSubscription, type SubscriptionDetail } from "./get-subscription";
export { createCoupon, retireCoupon } from "./govern-coupon";
export {
  createOrganization,
  inviteOwner,
  setOrganizationLimit,
  setOrganizationStatus,
} from "./govern-organization";
export {
  changePlanByStaff,
  type Excess,
  endSubscription,
  extendSubscription,
  removeTestClock,
  takeBackEnd,
} from "./govern-subscription";
export { type CouponDetail, type CouponRow, getCoupon, listCoupons } from "./list-coupons";
export {
  getNotice,
  type InboxRow,
  listInbox,
  listNotices,
  NOTICES_COUNTED,
  type NoticeDetail,
  type NoticeRow,
} from "./list-notices";
export { exportOrganizations, listOrganizations, type OrganizationRow } from "./list-organizations";
export {
  countPayments,
  exportPayments,
  listApprovals,
  listPayments,
  type PaymentRow,
  type PaymentTotal,
  totalPayments,
  type WaitingApproval,
} from "./list-payments";
export {
  exportSubscriptions,
  listSubscriptions,
  type SubscriptionRow,
  type SubscriptionTotals,
  totalSubscriptions,
} from "./list-subscriptions";
export { listTiers, type TierHistory, type TierVersion } from "./list-tiers";
export { parseAmount } from "./parse-amount";
export {
  approvalForm,
  gatewayReference,
  noticeFilter,
  noticeReference,
  noticeStatuses,
  paymentCurrencies,
  paymentFilter,
  paymentReference,
  paymentStatuses,
  proofs,
  refundForm,
  reviewForm,
  worlds,
} from "./payments-schema";
export { publishTier } from "./publish-tier";
export {
  billingIntervals,
  clockDays,
  clockUntil,
  dueWithin,
  endForm,
  extensionForm,
  planForm,
  resumeForm,
  subscriptionFilter,
  subscriptionReference,
  subscriptionSorts,
} from "./subscriptions-schema";
export { TIER_DAYS_AHEAD, tierForm } from "./tiers-schema";
export { subscriptionStates, tierCodes } from "./vocabulary";
