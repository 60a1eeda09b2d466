"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { Button, buttonVariants } from "@/components/ui/button";
import { Printer } from "@/components/ui/icons";
import type { ReceiptText } from "@/lib/receipts";
import type { CountPrint } from "./actions";
import { useReceiptPrinter } from "./use-receipt-printer";

interface PrintSheetProps {
  receipt: ReceiptText;
  countPrint: CountPrint;
}

/** The receipt with one button, which the paper does not show. */
export function PrintSheet({ receipt, countPrint }: PrintSheetProps) {
  const t = useTranslations("receipts.handOut");
  const printer = useReceiptPrinter(receipt.orderId, countPrint, receipt);
  return (
    <main className="flex min-h-dvh flex-col items-center gap-5 bg-sunken p-6 print:block print:min-h-0 print:p-0">
      <h1 className="sr-only">{receipt.title}</h1>
      <div data-chrome className="flex gap-2.5">
        <Link href={`/orders/${receipt.orderId}`} className={buttonVariants()}>
          {t("back")}
        </Link>
        <Button
          variant="primary"
          icon={<Printer aria-hidden />}
          pending={printer.busy}
          onClick={printer.print}
        >
          {t("print")}
        </Button>
      </div>
      {printer.failed && (
        <Alert tone="danger" live>
          {t("failed")}
        </Alert>
      )}
      {printer.paper}
    </main>
  );
}
