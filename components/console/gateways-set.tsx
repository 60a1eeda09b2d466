import { useTranslations } from "next-intl";
import { ConfirmButton } from "@/components/ui/alert-dialog";
import { Badge } from "@/components/ui/badge";
import { DialogButton } from "@/components/ui/dialog";
import { ActionForm, Field, type FormAction, FormActions, SubmitButton } from "@/components/ui/form";
import { Moment } from "@/components/ui/moment";
import { PasswordInput } from "@/components/ui/password-input";
import { GatewaysCheck } from "./gateways-check";
import { CONSOLE_ZONE } from "./organizations-table";
import { gatewayName } from "./payments-parts";

type Mode = "sandbox" | "production";
const secretNames = [
  "apiKey",
  "secretKey",
  "accessToken",
  "webhookSecret",
  "clientId",
  "clientSecret",
  "webhookId",
  "ipnSecret",
] as const;

/** What staff who may write can do with credentials. */
export interface GatewayActions {
  save: FormAction<void>;
  use: FormAction<void>;
  forget: FormAction<void>;
  pause: FormAction<void>;
  check: FormAction<{ readonly account: string | null; readonly notices: "arrive" | "missing" | "unknown" }>;
}

interface GatewaysSetProps {
  gateway: string;
  mode: Mode;
  /** Names of the secrets that this gateway needs. */
  fields: readonly string[];
  stored: {
    hints: Readonly<Record<string, string>>;
    changedAt: string;
    changedBy: string | null;
  } | null;
  inUse: boolean;
  /** Open payments of the world that is in use now. */
  openPayments: number;
  /** Null for staff who may only look. */
  actions: GatewayActions | null;
}

/** One stored set of credentials: what is known of it without the secrets, and what can be done with it. */
export function GatewaysSet({
  gateway,
  mode,
  fields,
  stored,
  inUse,
  openPayments,
  actions,
}: GatewaysSetProps) {
  const t = useTranslations("consolePayments.gateways");
  const modeName = t(`modes.${mode}`);
  return (
    <div className="flex min-w-0 flex-col gap-2 rounded-lg border border-line p-4">
      <p className="flex flex-wrap items-center gap-2 font-medium">
        {modeName} {inUse && <Badge tone="success">{t("inUse")}</Badge>}
      </p>
      {stored ? (
        <>
          <ul className="flex flex-col gap-0.5 text-sm">
            {Object.entries(stored.hints).map(([name, hint]) => (
              <li key={name} className="flex flex-wrap gap-x-2">
                <span className="text-ink-soft">{fieldName(name)}</span>
                <code>{`••••${hint}`}</code>
              </li>
            ))}
          </ul>
          <p className="text-sm text-ink-soft">
            {stored.changedBy && `${t("setBy", { name: stored.changedBy })} · `}
            <Moment value={stored.changedAt} timeZone={CONSOLE_ZONE} />
          </p>
        </>
      ) : (
        <p className="text-sm text-ink-soft">{t("setEmpty")}</p>
      )}
      {actions && (
        <div className="mt-1 flex flex-wrap items-center gap-2">
          <DialogButton
            label={stored ? t("replace") : t("save")}
            buttonSize="sm"
            aria-label={`${stored ? t("replace") : t("save")}: ${gatewayName(gateway)}, ${modeName}`}
            title={t("saveTitle", { gateway: gatewayName(gateway), mode: modeName })}
            description={t("saveHint")}
          >
            <ActionForm action={actions.save} successMessage={t("saved")} autoComplete="off">
              <input type="hidden" name="gateway" value={gateway} />
              <input type="hidden" name="mode" value={mode} />
              <div className="flex flex-col gap-4">
                {fields.map((name) => (
                  <Field
                    key={name}
                    name={name}
                    label={fieldName(name)}
                    hint={stored && keepHint(stored.hints[name])}
                    required={!stored}
                  >
                    <PasswordInput autoComplete="off" />
                  </Field>
                ))}
              </div>
              <FormActions>
                <SubmitButton>{t("save")}</SubmitButton>
              </FormActions>
            </ActionForm>
          </DialogButton>
          {stored && (
            <GatewaysCheck
              gateway={gateway}
              mode={mode}
              check={actions.check}
              texts={{
                check: t("check"),
                accepted: t("checked"),
                notices: {
                  arrive: t("notices.arrive"),
                  missing: t("notices.missing"),
                  unknown: t("notices.unknown"),
                },
              }}
            />
          )}
          {stored && !inUse && (
            <>
              <ConfirmButton
                size="sm"
                variant="primary"
                label={t("use")}
                title={t("useTitle", { gateway: gatewayName(gateway), mode: modeName })}
                description={t("useHint", { count: openPayments })}
                action={actions.use}
                values={{ gateway, mode }}
                tone="primary"
                confirmLabel={t("use")}
                successMessage={t("used")}
              />
              <ConfirmButton
                size="sm"
                variant="quietDanger"
                label={t("forget")}
                title={t("forgetTitle", { mode: modeName })}
                description={t("forgetHint")}
                action={actions.forget}
                values={{ gateway, mode }}
                confirmLabel={t("forget")}
                successMessage={t("forgotten")}
              />
            </>
          )}
        </div>
      )}
    </div>
  );

  function fieldName(name: string): string {
    const known = secretNames.find((one) => one === name);
    return known ? t(`fields.${known}`) : name;
  }

  function keepHint(hint: string | undefined): string {
    return hint ? t("keep", { hint }) : t("keepShort");
  }
}
