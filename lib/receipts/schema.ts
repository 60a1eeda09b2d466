import { z } from "zod";

export const receiptReference = z.object({ orderId: z.uuid() });

export const receiptMail = z.object({
  orderId: z.uuid(),
  email: z.string().trim().toLowerCase().pipe(z.email().max(254)),
});
export type ReceiptMail = z.output<typeof receiptMail>;
