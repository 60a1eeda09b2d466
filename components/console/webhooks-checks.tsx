import Link from "next/link";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { CalendarCheck, ShieldCheck } from "@/components/ui/icons";
import { Day, Moment } from "@/components/ui/moment";
import { Cell, Header, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import { CONSOLE_ZONE } from "./organizations-table";
import { Amount, gatewayName } from "./payments-parts";

interface InvariantsCardProps {
  rows: readonly { name: string; violations: number; sample: string | null; checked_at: Date }[];
}

/** What must always be true, and whether it was at the last look. */
export function InvariantsCard({ rows }: InvariantsCardProps) {
  const t = useTranslations("consolePayments.checks");
  return (
    <Card title={t("invariants")} description={t("invariantsHint")} flush>
      {rows.length === 0 ? (
        <EmptyState icon={<ShieldCheck />} title={t("noInvariants")} />
      ) : (
        <Table caption={t("invariants")}>
          <TableHead>
            <Header>{t("name")}</Header>
            <Header>{t("violations")}</Header>
            <Header hideBelow="md">{t("sample")}</Header>
            <Header>{t("checkedAt")}</Header>
          </TableHead>
          <TableBody>
            {rows.map((row) => (
              <Row key={row.name}>
                <Cell lead>
                  <code className="text-sm">{row.name}</code>
                </Cell>
                <Cell label={t("violations")}>
                  <Badge tone={row.violations === 0 ? "success" : "danger"} dot>
                    {row.violations === 0 ? t("holds") : row.violations}
                  </Badge>
                </Cell>
                <Cell hideBelow="md">
                  <span className="block max-w-96 truncate text-sm text-ink-soft">{row.sample ?? "—"}</span>
                </Cell>
                <Cell label={t("checkedAt")}>
                  <Moment value={row.checked_at} timeZone={CONSOLE_ZONE} />
                </Cell>
              </Row>
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  );
}

interface Finding {
  kind: "theirs_not_ours" | "ours_not_theirs" | "amount_differs" | "refunded_there" | "disputed_there";
  organization: string | null;
  paymentId: string | null;
  reference: string | null;
  theirsMinor: number | null;
  oursMinor: number | null;
  currency: string | null;
}

interface ReconciliationCardProps {
  days: readonly {
    gateway: string;
    day: string;
    theirs: number;
    ours: number;
    unanswered: number;
    failure: string | null;
    findings: readonly Finding[];
  }[];
}

/** The nightly comparison with each gateway: what it knows against what we know. */
export function ReconciliationCard({ days }: ReconciliationCardProps) {
  const t = useTranslations("consolePayments.checks");
  const c = useTranslations("consolePayments");
  return (
    <Card title={t("days")} description={t("daysHint")} flush>
      {days.length === 0 ? (
        <EmptyState icon={<CalendarCheck />} title={t("noDays")} description={t("noDaysHint")} />
      ) : (
        <Table caption={t("days")}>
          <TableHead>
            <Header>{t("day")}</Header>
            <Header>{c("gateway")}</Header>
            <Header numeric>{t("theirs")}</Header>
            <Header numeric>{t("ours")}</Header>
            <Header numeric hideBelow="md">
              {t("unanswered")}
            </Header>
            <Header>{t("result")}</Header>
          </TableHead>
          <TableBody>
            {days.map((row) => (
              <Row key={`${row.day} ${row.gateway}`}>
                <Cell lead>
                  <Day value={row.day} />
                </Cell>
                <Cell label={c("gateway")}>{gatewayName(row.gateway)}</Cell>
                <Cell label={t("theirs")} numeric>
                  {row.theirs}
                </Cell>
                <Cell label={t("ours")} numeric>
                  {row.ours}
                </Cell>
                <Cell numeric hideBelow="md">
                  {row.unanswered}
                </Cell>
                <Cell label={t("result")}>
                  <Result failure={row.failure} findings={row.findings} />
                </Cell>
              </Row>
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  );
}

function Result({ failure, findings }: { failure: string | null; findings: readonly Finding[] }) {
  const t = useTranslations("consolePayments.checks");
  if (failure !== null) return <Badge tone="warning">{t("failed", { reason: failure })}</Badge>;
  if (findings.length === 0) return <Badge tone="success">{t("equal")}</Badge>;
  return (
    <details>
      <summary className="cursor-pointer">
        <Badge tone="danger">{t("findings", { count: findings.length })}</Badge>
      </summary>
      <ul className="mt-2 flex flex-col gap-2 text-sm">
        {findings.map((finding) => (
          <li key={`${finding.kind} ${finding.paymentId ?? ""} ${finding.reference ?? ""}`}>
            {t(`kinds.${finding.kind}`)}
            {": "}
            {finding.paymentId ? (
              <Link
                href={`/admin/saas-management/payments/${finding.paymentId}`}
                prefetch={false}
                className="text-brand-text underline underline-offset-2"
              >
                {finding.organization ?? finding.paymentId}
              </Link>
            ) : (
              <code className="text-xs">{finding.reference ?? "—"}</code>
            )}{" "}
            <Minor minor={finding.theirsMinor} currency={finding.currency} /> /{" "}
            <Minor minor={finding.oursMinor} currency={finding.currency} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Minor({ minor, currency }: { minor: number | null; currency: string | null }) {
  return minor === null ? "—" : <Amount minor={minor} currency={currency ?? ""} />;
}
