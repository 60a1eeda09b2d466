"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ActionForm, Field, type FormAction, SubmitButton } from "@/components/ui/form";
import { useFormState } from "@/components/ui/form-context";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";

/** What came of a move. */
export interface Moved {
  /** It stands where a gateway has to answer first. */
  readonly held: boolean;
}

interface SubscriptionsClockMovesProps {
  organizationId: string;
  /** The shop's day, before which the clock does not go. */
  today: string;
  move: FormAction<Moved>;
  play: FormAction<Moved>;
}

const STEPS = ["1", "7", "30", "365"] as const;

/** The ways to move a test clock on. Many due instants take a while, so that is said. */
export function SubscriptionsClockMoves({ organizationId, today, move, play }: SubscriptionsClockMovesProps) {
  const t = useTranslations("consoleSubscriptions.testClock");
  const tell = ({ held }: Moved) => {
    if (held) toast.info(t("held"));
    else toast.success(t("moved"));
  };
  return (
    <div className="flex flex-col gap-4">
      <ActionForm action={move} onSuccess={tell} aria-label={t("moves")}>
        <input type="hidden" name="organizationId" value={organizationId} />
        <Steps />
      </ActionForm>
      <ActionForm action={play} onSuccess={tell} resetOnSuccess>
        <input type="hidden" name="organizationId" value={organizationId} />
        <div className="flex flex-wrap items-end gap-2.5">
          <Field name="until" label={t("until")} required>
            <Input type="date" min={today} />
          </Field>
          <SubmitButton variant="secondary">{t("play")}</SubmitButton>
        </div>
        <Playing />
      </ActionForm>
    </div>
  );
}

function Steps() {
  const t = useTranslations("consoleSubscriptions.testClock");
  const pending = useFormState()?.pending ?? false;
  const [pressed, setPressed] = useState("");
  return (
    <>
      <div className="flex flex-wrap gap-2.5">
        {STEPS.map((days) => (
          <Button
            key={days}
            type="submit"
            name="days"
            value={days}
            pending={pending && pressed === days}
            disabled={pending}
            onClick={() => setPressed(days)}
          >
            {t("move", { days })}
          </Button>
        ))}
      </div>
      <Playing />
    </>
  );
}

/** Says that a move is under way; the place is there before, so that it is read aloud. */
function Playing() {
  const t = useTranslations("consoleSubscriptions.testClock");
  const pending = useFormState()?.pending ?? false;
  return (
    <p role="status" className="mt-2 text-sm text-ink-soft empty:hidden">
      {pending && t("playing")}
    </p>
  );
}
