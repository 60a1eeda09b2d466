"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { IconButton } from "./icon-button";
import { Check, Copy } from "./icons";

/** Copies a text, and says so for two seconds. */
export function CopyButton({ text, label, className }: { text: string; label?: string; className?: string }) {
  const t = useTranslations("ui");
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);

  return (
    <IconButton
      size="sm"
      label={copied ? t("copied") : (label ?? t("copy"))}
      icon={
        copied ? (
          <Check aria-hidden className="size-4 text-success-text" />
        ) : (
          <Copy aria-hidden className="size-4" />
        )
      }
      {...(className && { className })}
      onClick={async () => {
        await navigator.clipboard.writeText(text);
        setCopied(true);
      }}
    />
  );
}
