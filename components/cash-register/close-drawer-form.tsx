"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useRef, useState } from "react";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import type { FormAction } from "@/components/ui/form-outcome";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import { ConfirmClosing } from "./confirm-closing";
import { CountCash } from "./count-cash";
import { CountSlips } from "./count-slips";
import { missingIn, noCount, useCount } from "./counted";

const MEANS = missingIn(noCount.counted).length;

interface CloseDrawerFormProps {
  sessionId: string;
  /** Under which the count is kept in this tab until the drawer is closed. */
  keptAs: string;
  action: FormAction<unknown>;
  backHref: string;
}

/** The blind count: notes and coins piece by piece or as one sum, the other tenders by their slips. */
export function CloseDrawerForm({ sessionId, keptAs, action, backHref }: CloseDrawerFormProps) {
  const t = useTranslations("cashRegister.close");
  const form = useRef<HTMLFormElement>(null);
  const { pieces, counted, note, ...count } = useCount(keptAs);
  const [step, setStep] = useState<"counting" | "asked" | "confirming">("counting");
  const hasBegun = note !== "" || Object.keys(pieces).length > 0 || missingIn(counted).length < MEANS;
  const missing = step === "asked" ? missingIn(counted) : [];

  function ask() {
    const [first] = missingIn(counted);
    setStep(first ? "asked" : "confirming");
    if (first) form.current?.querySelector<HTMLElement>(`[name=${first}]`)?.focus();
  }

  function beginAnew() {
    const before = { pieces, counted, note };
    count.put(noCount);
    setStep("counting");
    form.current?.querySelector("input")?.focus();
    toast.info(t("begunAnew"), { action: { label: t("undo"), run: () => count.put(before) } });
  }

  return (
    <>
      {/* No button submits it, and Enter does not either: half a count is never sent. */}
      <form ref={form} onKeyDown={toNextField} className="flex flex-col gap-6">
        <CountCash
          pieces={pieces}
          pesos={counted.cash}
          onCount={(pesos) => count.setSum("cash", pesos)}
          onPieces={count.setPieces}
          missing={missing.includes("cash")}
        />
        <CountSlips counted={counted} onCount={count.setSum} missing={missing} />
        <Card>
          <Field name="note" label={t("note")} hint={t("noteHint")} optional>
            <Textarea
              rows={2}
              maxLength={500}
              value={note}
              onChange={(e) => count.setNote(e.currentTarget.value)}
            />
          </Field>
        </Card>
        <FormActions className="mt-0 items-center">
          <p className="text-sm text-ink-soft sm:mr-auto">{t("final")}</p>
          {hasBegun && (
            <Button variant="ghost" onClick={beginAnew}>
              {t("beginAnew")}
            </Button>
          )}
          <ButtonLink href={backHref}>{t("back")}</ButtonLink>
          <Button variant="primary" size="lg" aria-haspopup="dialog" onClick={ask}>
            {t("submit")}
          </Button>
        </FormActions>
      </form>
      {step === "confirming" && (
        <ConfirmClosing
          {...{ sessionId, counted, note, action }}
          onClosed={count.done}
          onBack={() => setStep("counting")}
        />
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
