import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PrintSheet } from "@/components/receipts/print-sheet";
import { ClientMessages, getLanguage, getTranslations } from "@/lib/i18n";
import { getReceipt, type ReceiptText, receiptReference } from "@/lib/receipts";
import { requireMember } from "@/lib/security/member";
import { orNotFound } from "@/lib/security/or-not-found";
import { countPrintAction } from "./actions";

type Props = PageProps<"/print/receipts/[orderId]">;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("receipts"))("title") };
}

/** A receipt alone on its page, without anything around it: for printers that print what a page shows. */
export default async function PrintReceiptPage({ params }: Props) {
  const receipt = await findReceipt((await params).orderId);
  return (
    <ClientMessages namespaces={["receipts"]}>
      <PrintSheet receipt={receipt} countPrint={countPrintAction} />
    </ClientMessages>
  );
}

async function findReceipt(id: string): Promise<ReceiptText> {
  const member = await requireMember("orders.read");
  const reference = receiptReference.safeParse({ orderId: id });
  if (!reference.success) notFound();
  return orNotFound("order.not_found", getReceipt(member, reference.data.orderId, await getLanguage()));
}
