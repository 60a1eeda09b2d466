import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Field, type FormAction, SubmitButton } from "@/components/ui/form";
import { ProblemLink } from "@/components/ui/problem-link";
import { Arriving } from "./arriving";
import { CodeInput } from "./code-input";
import { CodesForm, CodesStage, NewCodes } from "./codes-stage";
import { EntryFrame } from "./entry-frame";
import { QrCode } from "./qr-code";
import { useRecoveryCodesText } from "./recovery-codes-text";

interface EnrolmentProps {
  action: FormAction<string[]>;
  /** What to scan; null where the factor is on and its codes are made once more. */
  begun: { readonly secret: string; readonly uri: string } | null;
  /** Where to go once the codes are kept. */
  continueTo: string;
  /** Where to begin anew when the time for this one is over. */
  beginAgainAt: string;
  /** The way out, for those who may leave. */
  footer: ReactNode;
}

/** A new second factor: the code to scan, the first code that proves it worked, the ten for a lost telephone. */
export function Enrolment({ action, begun, continueTo, beginAgainAt, footer }: EnrolmentProps) {
  const t = useTranslations("identity.twoFactor");
  const text = useRecoveryCodesText();
  const form = (
    <EntryFrame
      title={t(begun ? "enrolTitle" : "againTitle")}
      description={t(begun ? "enrolDescription" : "againDescription")}
      footer={footer}
    >
      {begun && <Secret {...begun} />}
      <CodesForm action={action}>
        <ProblemLink code="two_factor.setup_over" href={beginAgainAt} label={t("beginAgain")} />
        <Field name="code" label={t("firstCode")} required>
          <CodeInput />
        </Field>
        <SubmitButton size="lg" block>
          {t(begun ? "enrol" : "again")}
        </SubmitButton>
      </CodesForm>
    </EntryFrame>
  );
  const shown = (
    <EntryFrame title={<Arriving>{text.title}</Arriving>} description={text.description}>
      <NewCodes text={text} />
      <ButtonLink href={continueTo} variant="primary" size="lg" block className="mt-6 print:hidden">
        {text.done}
      </ButtonLink>
    </EntryFrame>
  );
  return <CodesStage form={form} shown={shown} />;
}

function Secret({ secret, uri }: { secret: string; uri: string }) {
  const t = useTranslations("identity.twoFactor");
  return (
    <div className="mb-6 flex flex-col items-center gap-5">
      <QrCode text={uri} label={t("qr")} />
      <div className="w-full text-sm">
        <p className="text-ink-soft">{t("key")}</p>
        <p className="mt-1 flex items-center justify-between gap-2 rounded-md bg-sunken py-1 pr-1 pl-3">
          <span data-secret className="font-mono break-words">
            {secret.match(/.{1,4}/g)?.join(" ")}
          </span>
          <CopyButton text={secret} label={t("copyKey")} />
        </p>
      </div>
    </div>
  );
}
