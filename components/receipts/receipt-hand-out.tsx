"use client";

import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { Button, buttonVariants } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { FileText, Mail, Printer } from "@/components/ui/icons";
import type { ReceiptText } from "@/lib/receipts";
import type { CountPrint, MailReceipt } from "./actions";
import { MailReceiptButton } from "./mail-receipt-button";
import { useReceiptPrinter } from "./use-receipt-printer";

interface ReceiptHandOutProps {
  orderId: string;
  countPrint: CountPrint;
  mailReceipt: MailReceipt;
  /** Offered as the address to send to. */
  email?: string;
  /** The receipt, to be seen under the buttons. */
  shown?: ReceiptText;
}

/** The ways in which a customer gets the receipt. */
export function ReceiptHandOut({ orderId, countPrint, mailReceipt, email = "", shown }: ReceiptHandOutProps) {
  const t = useTranslations("receipts.handOut");
  const printer = useReceiptPrinter(orderId, countPrint, shown);
  return (
    <div className="flex flex-col gap-3">
      <div data-chrome className="grid grid-cols-3 gap-2">
        <Button
          icon={<Printer aria-hidden />}
          pending={printer.busy}
          onClick={printer.print}
          className="h-12 px-2"
        >
          {t("print")}
        </Button>
        <a
          href={`/api/orders/${orderId}/pdf`}
          target="_blank"
          rel="noopener"
          className={cn(buttonVariants(), "h-12 px-2")}
        >
          <FileText aria-hidden />
          {t("pdf")}
        </a>
        <MailReceiptButton orderId={orderId} action={mailReceipt} email={email} icon={<Mail aria-hidden />} />
      </div>
      {printer.failed && (
        <Alert tone="danger" live>
          {t("failed")}
        </Alert>
      )}
      {printer.paper}
    </div>
  );
}
