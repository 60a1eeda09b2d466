export { type ChangedAutoRenewal, cancelAutoRenewal, changeAutoRenewalTier } from "./change-auto-renewal";
export { releaseNotices } from "./claimed-notices";
export { type CameBack, comeBack } from "./come-back";
export {
  createGateways,
  type GatewayEntry,
  type GatewayRegistration,
  type Gateways,
  type RenewableGateways,
} from "./factory";
export {
  effectiveSettings,
  environmentSettings,
  GATEWAY_SETTINGS_CHANNEL,
  recordWorlds,
} from "./gateway-settings";
export { getPayment, type PaymentView } from "./get-payment";
export type { CallRecord } from "./http";
export { NOTICE_CHANNEL } from "./inbox";
export { type PaymentMetric, paymentMetrics } from "./invariants";
export { type OpenedAutoRenewal, openAutoRenewal } from "./open-auto-renewal";
export { type CheckoutSetting, type OpenedPayment, openPayment } from "./open-payment";
export { processNotices } from "./process-notices";
export { MAX_WEBHOOK_BYTES, receiveWebhook } from "./receive-webhook";
export { listReconciliations, type ReconciliationDay, type ReportedFinding } from "./reconciliation-report";
export { replayDeadNotices, replayNotice } from "./replay-notices";
export { approveRefund, type RefundView, requestRefund } from "./request-refund";
export { approveReview, type ReviewResolution, resolveReview } from "./resolve-review";
export {
  type Approval,
  type NewAutoRenewal,
  type NewPayment,
  type NewRefund,
  newAutoRenewal,
  newPayment,
  newRefund,
  type ReviewDecision,
  reviewDecision,
} from "./schema";
export type { NoticeWorker } from "./setbacks";
export { inboxHealth } from "./sweep";
