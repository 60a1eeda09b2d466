export { alertJob, mailJobs, type PrintedReceipt, receiptMailJob } from "./jobs";
export { type Attachment, closeMailer, createMailer, type Mail, type Mailer, sendMail } from "./mail";
