export type { MailFacts, PaymentFacts, PrintedReceipt, PrintReceipt } from "./facts";
export { alertJob, createMailJobs, receiptMailJob } from "./jobs";
export { type Attachment, closeMailer } from "./mail";
