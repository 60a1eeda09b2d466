"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Check, Copy, Download } from "@/components/ui/icons";
import { PrintButton } from "@/components/ui/print-button";
import { saveFile } from "@/components/ui/save-file";

/** The words around the codes; they come from the server, so that no more messages need to travel. */
export interface RecoveryCodesText {
  readonly title: string;
  readonly description: string;
  /** Closes the dialog around them. */
  readonly kept: string;
  readonly copy: string;
  readonly copied: string;
  readonly download: string;
  readonly print: string;
  readonly fileName: string;
  readonly fileHead: string;
}

interface RecoveryCodesProps {
  codes: readonly string[];
  text: RecoveryCodesText;
  mayPrint: boolean;
}

/** Ten codes, once: to copy, to keep as a file, to print. */
export function RecoveryCodes({ codes, text, mayPrint }: RecoveryCodesProps) {
  const [copied, setCopied] = useState(false);
  const list = codes.join("\n");
  return (
    <div className="flex flex-col gap-4">
      <ul className="grid grid-cols-2 gap-x-4 gap-y-2 rounded-lg border border-line bg-sunken px-5 py-4 text-center font-mono text-lg">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2.5 *:flex-1 print:hidden">
        <Button
          icon={copied ? <Check aria-hidden className="text-success-text" /> : <Copy aria-hidden />}
          onClick={async () => {
            await navigator.clipboard.writeText(list);
            setCopied(true);
          }}
        >
          {copied ? text.copied : text.copy}
        </Button>
        <Button
          icon={<Download aria-hidden />}
          onClick={() =>
            saveFile(text.fileName, new Blob([`${text.fileHead}\n\n${list}\n`], { type: "text/plain" }))
          }
        >
          {text.download}
        </Button>
        {mayPrint && <PrintButton>{text.print}</PrintButton>}
      </div>
      <p role="status" className="sr-only">
        {copied && text.copied}
      </p>
    </div>
  );
}
