import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { ConfirmButton } from "@/components/ui/alert-dialog";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { DescriptionList } from "@/components/ui/description-list";
import { Moment } from "@/components/ui/moment";
import { type GatewayActions, GatewaysSet } from "./gateways-set";
import { CONSOLE_ZONE } from "./organizations-table";
import { gatewayName, TestBadge } from "./payments-parts";

type Mode = "sandbox" | "production";

/** A gateway as the page puts it together: what this process uses, what is stored, when it was last heard. */
export interface GatewayView {
  id: string;
  state: "on" | "off" | "degraded" | "paused";
  testMode: boolean;
  /** Null while it is off. */
  working: {
    mode: Mode;
    source: "environment" | "console";
    breakerOpen: boolean;
    currencies: readonly string[];
    recurring: "native" | "merchant-scheduled" | "link-only" | "none";
    refunds: "sync" | "async" | "none";
    partialRefund: boolean;
  } | null;
  webhookUrl: string;
  /** Host of a simulator that the environment names. */
  simulator: string | null;
  fields: readonly string[];
  sets: readonly {
    mode: Mode;
    hints: Readonly<Record<string, string>>;
    changedAt: string;
    changedBy: string | null;
  }[];
  /** Mode that the console put into use; null: the environment decides. */
  chosen: Mode | null;
  answeredAt: string | null;
  noticedAt: Date | null;
  open: { live: number; test: number };
}

const tones = { on: "success", off: "neutral", degraded: "warning", paused: "info" } as const;

/** Everything about one gateway; `actions` is null for staff who may only look. */
export function GatewaysCard({ gateway, actions }: { gateway: GatewayView; actions: GatewayActions | null }) {
  const t = useTranslations("consolePayments.gateways");
  const openNow = gateway.testMode ? gateway.open.test : gateway.open.live;
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-2">
          {gatewayName(gateway.id)}
          <Badge tone={tones[gateway.state]} dot>
            {t(`states.${gateway.state}`)}
          </Badge>
          {gateway.testMode && <TestBadge />}
        </span>
      }
      actions={
        actions && (
          <>
            {gateway.chosen && (
              <ConfirmButton
                size="sm"
                label={t("environment")}
                title={t("useEnvironmentTitle", { gateway: gatewayName(gateway.id) })}
                description={t("useHint", { count: openNow })}
                action={actions.use}
                values={{ gateway: gateway.id, mode: "environment" }}
                tone="primary"
                confirmLabel={t("environment")}
                successMessage={t("used")}
              />
            )}
            {gateway.state !== "off" && <PauseButton gateway={gateway} pause={actions.pause} />}
          </>
        )
      }
    >
      <div className="flex flex-col gap-5">
        {gateway.state === "off" && <Alert tone="neutral">{t("offHint")}</Alert>}
        {gateway.simulator && <Alert tone="info">{t("simulator", { host: gateway.simulator })}</Alert>}
        <GatewayFacts gateway={gateway} />
        <section aria-label={t("sets")}>
          <h3 className="text-sm font-medium">{t("sets")}</h3>
          <p className="mb-3 text-sm text-ink-soft">{t("setsHint")}</p>
          <div className="grid gap-4 md:grid-cols-2">
            {(["sandbox", "production"] as const).map((mode) => (
              <GatewaysSet
                key={mode}
                gateway={gateway.id}
                mode={mode}
                fields={gateway.fields}
                stored={gateway.sets.find((set) => set.mode === mode) ?? null}
                inUse={gateway.chosen === mode}
                openPayments={openNow}
                actions={actions}
              />
            ))}
          </div>
        </section>
      </div>
    </Card>
  );
}

function GatewayFacts({ gateway }: { gateway: GatewayView }) {
  const t = useTranslations("consolePayments.gateways");
  const { working } = gateway;
  const moment = (value: string | Date | null) =>
    value && <Moment value={value} timeZone={CONSOLE_ZONE} as="relative" />;
  return (
    <DescriptionList
      columns={3}
      items={[
        ...(working
          ? [
              { label: t("mode"), value: t(`modes.${working.mode}`) },
              { label: t("source"), value: t(`sources.${working.source}`) },
              {
                label: t("breaker"),
                value: (
                  <>
                    {working.breakerOpen ? t("breakerOpen") : t("breakerClosed")}
                    <span className="block text-xs text-ink-faint">{t("breakerHint")}</span>
                  </>
                ),
              },
              { label: t("currencies"), value: working.currencies.join(", ") },
              { label: t("recurring"), value: t(`recurringKinds.${working.recurring}`) },
              {
                label: t("refunds"),
                value: `${t(`refundKinds.${working.refunds}`)}${
                  working.refunds === "none" ? "" : `, ${t(working.partialRefund ? "partial" : "notPartial")}`
                }`,
              },
            ]
          : []),
        { label: t("answered"), value: moment(gateway.answeredAt) },
        { label: t("noticed"), value: moment(gateway.noticedAt) },
        { label: t("open"), value: t("openValue", gateway.open) },
        {
          label: t("webhook"),
          wide: true,
          value: (
            <span className="flex items-center gap-1">
              <code className="min-w-0 text-sm break-all">{gateway.webhookUrl}</code>
              <CopyButton text={gateway.webhookUrl} label={t("copyWebhook")} />
            </span>
          ),
        },
      ]}
    />
  );
}

function PauseButton({ gateway, pause }: { gateway: GatewayView; pause: GatewayActions["pause"] }) {
  const t = useTranslations("consolePayments.gateways");
  const paused = gateway.state === "paused";
  const name = gatewayName(gateway.id);
  return (
    <ConfirmButton
      size="sm"
      label={t(paused ? "resume" : "pause")}
      title={t(paused ? "resumeTitle" : "pauseTitle", { gateway: name })}
      description={t(paused ? "resumeHint" : "pauseHint")}
      action={pause}
      values={{ gateway: gateway.id, paused: paused ? "no" : "yes" }}
      tone={paused ? "primary" : "danger"}
      confirmLabel={t(paused ? "resume" : "pause")}
      askReason
      reasonLabel={t("reason")}
      successMessage={t(paused ? "resumedDone" : "pausedDone")}
    />
  );
}
