export { releaseNotices } from "./claimed-notices";
export { comeBack } from "./come-back";
export { createGateways, type GatewayRegistration, type Gateways } from "./factory";
export { getPayment, type PaymentView } from "./get-payment";
export type { CallRecord } from "./http";
export { NOTICE_CHANNEL } from "./inbox";
export { type CheckoutSetting, type OpenedPayment, openPayment } from "./open-payment";
export { type NoticeWorker, processNotices } from "./process-notices";
export { MAX_WEBHOOK_BYTES, receiveWebhook } from "./receive-webhook";
export { approveRefund, type RefundView, requestRefund } from "./request-refund";
export { approveReview, type ReviewResolution, resolveReview } from "./resolve-review";
export {
  type Approval,
  approval,
  type NewPayment,
  type NewRefund,
  newPayment,
  newRefund,
  type ReviewDecision,
  reviewDecision,
} from "./schema";
export { inboxHealth } from "./sweep";
