"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useRef, useState } from "react";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import type { FormAction } from "@/components/ui/form-outcome";
import { Textarea } from "@/components/ui/textarea";
import { ConfirmClosing } from "./confirm-closing";
import { CountCash } from "./count-cash";
import { CountSlips } from "./count-slips";
import { missingIn, useCount } from "./counted";

interface CloseDrawerFormProps {
  sessionId: string;
  action: FormAction<unknown>;
  backHref: string;
}

/** The blind count: notes and coins piece by piece or as one sum, the other tenders by their slips. */
export function CloseDrawerForm({ sessionId, action, backHref }: CloseDrawerFormProps) {
  const t = useTranslations("cashRegister.close");
  const form = useRef<HTMLFormElement>(null);
  const { counted, count, countPieces } = useCount();
  const [note, setNote] = useState("");
  const [step, setStep] = useState<"counting" | "asked" | "confirming">("counting");
  const missing = step === "asked" ? missingIn(counted) : [];

  function ask() {
    const [first] = missingIn(counted);
    setStep(first ? "asked" : "confirming");
    if (first) form.current?.querySelector<HTMLElement>(`[name=${first}]`)?.focus();
  }

  return (
    <>
      {/* No button submits it, and Enter does not either: half a count is never sent. */}
      <form ref={form} onKeyDown={toNextField} className="flex flex-col gap-6">
        <CountCash
          pesos={counted.cash}
          onCount={(pesos) => count("cash", pesos)}
          onPieces={countPieces}
          missing={missing.includes("cash")}
        />
        <CountSlips counted={counted} onCount={count} missing={missing} />
        <Card>
          <Field name="note" label={t("note")} hint={t("noteHint")} optional>
            <Textarea
              rows={2}
              maxLength={500}
              value={note}
              onChange={(e) => setNote(e.currentTarget.value)}
            />
          </Field>
        </Card>
        <FormActions className="mt-0 items-center">
          <p className="text-sm text-ink-soft sm:mr-auto">{t("final")}</p>
          <ButtonLink href={backHref}>{t("back")}</ButtonLink>
          <Button variant="primary" size="lg" aria-haspopup="dialog" onClick={ask}>
            {t("submit")}
          </Button>
        </FormActions>
      </form>
      {step === "confirming" && (
        <ConfirmClosing {...{ sessionId, counted, note, action }} onBack={() => setStep("counting")} />
      )}
    </>
  );
}

/** As in a column of figures. In the note Enter begins a new line. */
function toNextField(event: KeyboardEvent<HTMLFormElement>) {
  if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
  event.preventDefault();
  const fields = [...event.currentTarget.querySelectorAll<HTMLElement>("input, textarea")];
  fields[fields.indexOf(event.target) + 1]?.focus();
}
