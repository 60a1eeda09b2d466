import { useTranslations } from "next-intl";
import { ConfirmButton } from "@/components/ui/alert-dialog";
import { Card } from "@/components/ui/card";
import { ActionForm, Field, type FormAction, SubmitButton } from "@/components/ui/form";
import { ImagePlus } from "@/components/ui/icons";
import type { Organization } from "@/lib/organizations";
import { FileInput } from "./file-input";

export interface LogoFormProps {
  organization: Organization;
  change: FormAction<void>;
  remove: FormAction<void>;
}

/** The shop's logo: shown, replaced, taken away. */
export function LogoForm({ organization, change, remove }: LogoFormProps) {
  const t = useTranslations("settings.shop");
  const { logo, name } = organization;
  return (
    <Card title={t("logoTitle")} description={t("logoDescription")}>
      <div
        className="mb-5 grid h-36 place-items-center rounded-lg border border-line bg-[oklch(1_0_0)] p-4"
        data-scheme="light"
      >
        {logo ? (
          <svg
            viewBox={`0 0 ${logo.width} ${logo.height}`}
            role="img"
            aria-label={t("logoAlt", { name })}
            className="size-full min-h-0"
          >
            <image href={logo.url} width={logo.width} height={logo.height} />
          </svg>
        ) : (
          <span className="flex flex-col items-center gap-2 text-sm text-ink-soft">
            <ImagePlus aria-hidden className="size-6" />
            {t("logoNone")}
          </span>
        )}
      </div>
      <ActionForm action={change} successMessage={t("logoSaved")} resetOnSuccess>
        <Field name="logo" label={t("logoFile")} hideLabel>
          <FileInput key={logo?.url} prompt={t("logoPrompt")} accept="image/png,image/jpeg,image/webp" />
        </Field>
        <div className="mt-4 flex flex-wrap gap-2.5">
          <SubmitButton variant="secondary">{t(logo ? "logoReplace" : "logoUpload")}</SubmitButton>
          {logo && (
            <ConfirmButton
              label={t("logoRemove")}
              variant="quietDanger"
              title={t("logoRemove")}
              confirmLabel={t("logoRemove")}
              action={remove}
              successMessage={t("logoRemoved")}
            />
          )}
        </div>
      </ActionForm>
    </Card>
  );
}
