"use client";

import { type ReactNode, useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { printPage } from "@/components/ui/print-button";
import type { ReceiptText } from "@/lib/receipts";
import type { CountPrint } from "./actions";
import { ReceiptView } from "./receipt-view";

export interface ReceiptPrinter {
  readonly busy: boolean;
  readonly failed: boolean;
  print: () => void;
  /** Where the paper lies while it is printed: put it anywhere. */
  readonly paper: ReactNode;
}

/** Prints a sale's receipt from any page: the print is counted first, so that the second says COPIA. */
export function useReceiptPrinter(orderId: string, countPrint: CountPrint): ReceiptPrinter {
  const [job, setJob] = useState<{ receipt: ReceiptText; copy: boolean } | null>(null);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    if (!job) return;
    const done = () => setJob(null);
    window.addEventListener("afterprint", done);
    void whenDrawn().then(printPage);
    return () => window.removeEventListener("afterprint", done);
  }, [job]);

  async function print() {
    if (busy) return;
    setBusy(true);
    setFailed(false);
    try {
      // Read first: a receipt that cannot be read is no print.
      const receipt = await fetchReceipt(orderId);
      const counted = await countPrint(null, { orderId });
      if (!counted.ok) throw new Error(counted.problem.code);
      setJob({ receipt, copy: counted.data.copy });
    } catch {
      setFailed(true);
    }
    setBusy(false);
  }

  const paper =
    job &&
    createPortal(
      <div aria-hidden="true">
        <ReceiptView receipt={job.receipt} copy={job.copy} className="fixed top-0 -left-[200mm]" />
      </div>,
      document.body,
    );
  return { busy, failed, print: () => void print(), paper };
}

async function fetchReceipt(orderId: string): Promise<ReceiptText> {
  const response = await fetch(`/api/orders/${orderId}/receipt`);
  if (!response.ok) throw new Error(`the receipt answered ${response.status}`);
  return response.json();
}

/** A logo that is still on its way would leave a hole on the paper. */
async function whenDrawn(): Promise<void> {
  const logos = [...document.querySelectorAll<HTMLImageElement>("[data-paper] img")];
  await Promise.all(logos.map((logo) => logo.decode().catch(() => undefined)));
}
