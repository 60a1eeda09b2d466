"use client";

import { useState } from "react";
import { ActionForm, type FormAction, SubmitButton } from "@/components/ui/form";

interface Report {
  readonly account: string | null;
  readonly notices: "arrive" | "missing" | "unknown";
}

interface GatewaysCheckProps {
  gateway: string;
  mode: string;
  check: FormAction<Report>;
  texts: {
    readonly check: string;
    readonly accepted: string;
    readonly notices: Readonly<Record<Report["notices"], string>>;
  };
}

/** Tries stored credentials at the gateway and says whose account they open; changes nothing. */
export function GatewaysCheck({ gateway, mode, check, texts }: GatewaysCheckProps) {
  const [report, setReport] = useState<Report | null>(null);
  return (
    <ActionForm action={check} onSuccess={setReport} className="contents">
      <input type="hidden" name="gateway" value={gateway} />
      <input type="hidden" name="mode" value={mode} />
      <SubmitButton size="sm" variant="secondary">
        {texts.check}
      </SubmitButton>
      {report && (
        <p role="status" className="order-last w-full text-sm text-success-text">
          {texts.accepted} {report.account} {texts.notices[report.notices]}
        </p>
      )}
    </ActionForm>
  );
}
