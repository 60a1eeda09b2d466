import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { gatewayName } from "./payments-parts";

interface HealthCardProps {
  health: {
    jobsWaiting: number;
    oldestJobSeconds: number | null;
    jobsRetrying: number;
    jobsFailed: number;
    noticesWaiting: number;
    oldestNoticeSeconds: number | null;
    noticesDead: number;
    paymentsInReview: number;
    securityEvents24h: Readonly<Record<string, number>>;
    databaseBytes: number;
  };
  gateways: readonly { id: string; state: "on" | "off" | "degraded" | "paused" }[];
}

/** A queue older than this is not keeping up (RELIABILITY: oldest received < 5 minutes). */
const LATE_SECONDS = 300;

const gatewayTones = { on: "success", degraded: "warning", off: "neutral", paused: "info" } as const;

/** What needs a person: queues that stand still, jobs that fail, notices that were given up, payments to look at. */
export function HealthCard({ health, gateways }: HealthCardProps) {
  const t = useTranslations("console.health");
  const format = useFormatter();
  const queue = (count: number, seconds: number | null) => (
    <Verdict good={(seconds ?? 0) < LATE_SECONDS}>
      {count === 0 ? t("empty") : seconds === null ? t("later", { count }) : t("waiting", { count, seconds })}
    </Verdict>
  );
  const { jobsRetrying: retrying, jobsFailed: failed } = health;
  const { critical = 0, error = 0, warning = 0 } = health.securityEvents24h;
  const items = [
    { label: t("jobs"), value: queue(health.jobsWaiting, health.oldestJobSeconds) },
    {
      label: t("failures"),
      value: (
        <Verdict good={retrying + failed === 0}>
          {retrying + failed === 0 ? t("noFailures") : t("failureCounts", { retrying, failed })}
        </Verdict>
      ),
    },
    { label: t("notices"), value: queue(health.noticesWaiting, health.oldestNoticeSeconds) },
    { label: t("dead"), value: <Verdict good={health.noticesDead === 0}>{health.noticesDead}</Verdict> },
    {
      label: t("review"),
      value: <Verdict good={health.paymentsInReview === 0}>{health.paymentsInReview}</Verdict>,
    },
    {
      label: t("security"),
      value: (
        <Verdict good={critical + error === 0}>
          {t("securityCounts", { critical: critical + error, warning })}
        </Verdict>
      ),
    },
    {
      label: t("database"),
      value: t("megabytes", { size: format.number(Math.round(health.databaseBytes / 1_048_576)) }),
    },
    {
      label: t("gateways"),
      wide: true,
      value: gateways.map(({ id, state }) => (
        <Badge key={id} tone={gatewayTones[state]} dot className="mr-1.5">
          {gatewayName(id)} · {t(state)}
        </Badge>
      )),
    },
  ];
  return (
    <Card title={t("title")} description={t("description")}>
      <DescriptionList items={items} />
    </Card>
  );
}

function Verdict({ good, children }: { good: boolean; children: ReactNode }) {
  return (
    <Badge tone={good ? "success" : "danger"} dot>
      {children}
    </Badge>
  );
}
