import Image from "next/image";
import { cn } from "@/components/ui/cn";
import { ReceiptPaper } from "@/components/ui/receipt-paper";
import type { ReceiptText } from "@/lib/receipts";

interface ReceiptViewProps {
  receipt: ReceiptText;
  /** Says COPIA: it was printed before. */
  copy: boolean;
  className?: string;
}

/** A receipt on its roll of paper. On a page it is a picture of it; printed, it is the receipt. */
export function ReceiptView({ receipt, copy, className }: ReceiptViewProps) {
  const { shop, title, notice, facts, lines, sums, payments, footer, voided, copyMark, barcode } = receipt;
  return (
    <ReceiptPaper {...(className && { className })}>
      {voided && <Mark>{voided.mark}</Mark>}
      {copy && <Mark>{copyMark}</Mark>}
      <header className="text-center">
        {shop.logo && (
          <Image
            src={shop.logo.url}
            alt=""
            width={shop.logo.width}
            height={shop.logo.height}
            unoptimized
            loading="eager"
            className="mx-auto mb-2 max-h-[18mm] w-auto max-w-[44mm] object-contain grayscale"
          />
        )}
        <p className="text-[15px] font-bold">{shop.name}</p>
        {shop.details.map((detail) => (
          <p key={detail}>{detail}</p>
        ))}
        <p className="mt-3 font-bold">{title}</p>
        <p className="text-[11px] font-bold whitespace-pre-line">{notice}</p>
      </header>
      <Rule />
      <Pairs pairs={facts} />
      {voided && <p className="mt-1">{voided.detail}</p>}
      <Rule />
      <ul className="space-y-1.5">
        {lines.map((line, index) => (
          <li key={index}>
            <p className="flex justify-between gap-3">
              <span className="min-w-0">{line.name}</span>
              <span>{line.total}</span>
            </p>
            <p className="text-[11px]">{line.detail}</p>
            {line.discount && <p className="text-[11px]">{line.discount}</p>}
          </li>
        ))}
      </ul>
      <Rule />
      <Pairs pairs={sums} />
      <Rule />
      <Pairs pairs={payments} />
      <footer className="mt-4 text-center">
        <svg
          viewBox={`0 0 ${barcode.width} 1`}
          preserveAspectRatio="none"
          role="img"
          aria-label={barcode.text}
          className="mx-auto h-[12mm] w-[44mm]"
        >
          <path d={barcode.path} />
        </svg>
        <p className="mt-0.5 tracking-widest">{barcode.text}</p>
        <p className="mt-3 whitespace-pre-line">{footer}</p>
        <p className="mt-2 text-[11px] font-bold whitespace-pre-line">{notice}</p>
      </footer>
    </ReceiptPaper>
  );
}

function Mark({ children }: { children: string }) {
  return (
    <p className="mb-2 border-2 border-current py-0.5 text-center text-xl font-bold tracking-wide">
      {children}
    </p>
  );
}

function Rule() {
  return <hr className="my-2.5 border-t border-dashed border-current" />;
}

function Pairs({ pairs }: { pairs: ReceiptText["facts"] }) {
  return (
    <dl>
      {pairs.map(({ label, value, strong }, index) => (
        <div key={index} className={cn("flex justify-between gap-3", strong && "text-[14px] font-bold")}>
          <dt className="shrink-0">{label}</dt>
          <dd className="text-right">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
