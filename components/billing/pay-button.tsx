"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";

interface PayButtonProps {
  gateway: string;
  tier: string;
  interval: "month" | "year";
  primary?: boolean;
  children: ReactNode;
}

/**
 * Opens a payment and goes to the gateway's page. While no answer has come, trying again sends the same key, so that a
 * lost line never opens two payments; a refusal is final, and the next try is a new payment.
 */
export function PayButton({ gateway, tier, interval, primary = false, children }: PayButtonProps) {
  const t = useTranslations("billing");
  const key = useRef<string | null>(null);
  const [state, setState] = useState<{ pending: boolean; problem: string | null }>({
    pending: false,
    problem: null,
  });

  async function pay() {
    if (state.pending) return;
    setState({ pending: true, problem: null });
    key.current ??= crypto.randomUUID();
    try {
      const answer = await fetch("/api/payments/intents", {
        method: "POST",
        headers: { "content-type": "application/json", "idempotency-key": key.current },
        body: JSON.stringify({ gateway, tier, interval }),
      });
      const body: unknown = await answer.json();
      if (answer.status === 201) {
        window.location.assign(textOf(body, "redirectUrl"));
        return; // the button stays busy until the gateway's page is there
      }
      if (textOf(body, "code") !== "idempotency.in_progress") key.current = null;
      setState({ pending: false, problem: textOf(body, "detail") });
    } catch {
      setState({ pending: false, problem: t("lineLost") });
    }
  }

  return (
    <>
      <Button
        block
        variant={primary ? "primary" : "secondary"}
        pending={state.pending}
        onClick={() => void pay()}
      >
        {children}
      </Button>
      {state.problem && (
        <Alert tone="danger" live>
          {state.problem}
        </Alert>
      )}
    </>
  );
}

function textOf(body: unknown, name: string): string {
  const value: unknown = typeof body === "object" && body !== null ? Reflect.get(body, name) : undefined;
  return typeof value === "string" ? value : "";
}
