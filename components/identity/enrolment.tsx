import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { Field, SubmitButton } from "@/components/ui/form";
import { CodeInput } from "./code-input";
import { CodesAfter } from "./codes-after";
import { QrCode } from "./qr-code";

interface EnrolmentProps extends Pick<ComponentProps<typeof CodesAfter>, "action" | "text" | "continueTo"> {
  secret: string;
  uri: string;
}

/** A new second factor: the code to scan, the key to type, and the first code that proves both worked. */
export function Enrolment({ secret, uri, ...rest }: EnrolmentProps) {
  const t = useTranslations("identity.twoFactor");
  const key = secret.match(/.{1,4}/g)?.join(" ") ?? secret;
  const intro = (
    <div className="mb-6 flex flex-col items-center gap-5">
      <QrCode text={uri} label={t("qr")} />
      <div className="w-full text-sm">
        <p className="text-ink-soft">{t("key")}</p>
        <p className="mt-1 flex items-center justify-between gap-2 rounded-md bg-sunken py-1 pr-1 pl-3">
          <span data-secret className="font-mono break-words">
            {key}
          </span>
          <CopyButton text={secret} label={t("copyKey")} />
        </p>
      </div>
    </div>
  );
  return (
    <CodesAfter {...rest} intro={intro}>
      <Field name="code" label={t("firstCode")} required>
        <CodeInput />
      </Field>
      <SubmitButton size="lg" block>
        {t("enrol")}
      </SubmitButton>
    </CodesAfter>
  );
}
