import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { BookOpen, FileClock, Mail, Webhook } from "@/components/ui/icons";
import { Moment } from "@/components/ui/moment";
import { getPlainTranslator, getTranslations, type PlainTranslator } from "@/lib/i18n";
import { actName, postingName } from "./ledger-names";
import { CONSOLE_ZONE } from "./organizations-table";
import { NoticeStatus, ProofBadge } from "./webhooks-parts";

interface TimelineEntry {
  at: string;
  kind: "audit" | "opened" | "notice" | "ledger";
  id: number;
  what: string;
  who: string | null;
  via: string | null;
  why: string | null;
  proof: string | null;
  attempts: number | null;
}

const icons = { audit: FileClock, opened: Mail, notice: Webhook, ledger: BookOpen } as const;

/** Everything that happened to a payment, in one list. */
export async function PaymentsTimeline({ entries }: { entries: readonly TimelineEntry[] }) {
  const [t, words] = await Promise.all([getTranslations("consolePayments.timeline"), getPlainTranslator()]);
  return (
    <Card title={t("title")} description={t("description")}>
      <ol className="flex flex-col">
        {entries.map((entry, index) => {
          const Icon = icons[entry.kind];
          return (
            <li
              key={`${entry.kind} ${entry.id} ${index}`}
              className="flex gap-3 border-b border-line py-3 first:pt-0 last:border-b-0 last:pb-0"
            >
              <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-faint" />
              <div className="min-w-0 flex-1">
                <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
                  <span className="text-sm text-ink-soft">{t(`kinds.${entry.kind}`)}</span>
                  <What entry={entry} words={words} />
                </p>
                {entry.why && <p className="mt-0.5 text-sm break-words text-ink-soft">{entry.why}</p>}
              </div>
              <span className="shrink-0 text-right text-sm text-ink-soft">
                <Moment value={entry.at} timeZone={CONSOLE_ZONE} />
                {entry.kind !== "notice" && entry.who && (
                  <span className="block text-xs text-ink-faint">{entry.who}</span>
                )}
              </span>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}

function What({ entry, words }: { entry: TimelineEntry; words: PlainTranslator }) {
  const t = useTranslations("consolePayments.timeline");
  if (entry.kind === "notice") {
    return (
      <>
        <a
          href={`/admin/saas-management/webhooks/${entry.id}`}
          className="text-brand-text underline underline-offset-2"
        >
          #{entry.id}
        </a>
        <NoticeStatus status={entry.what} />
        <ProofBadge proof={entry.proof ?? ""} />
        {entry.attempts ? (
          <span className="text-sm text-ink-soft">{t("attempts", { count: entry.attempts })}</span>
        ) : null}
      </>
    );
  }
  return (
    <>
      <span>{entry.kind === "ledger" ? postingName(entry.what, words) : actName(entry.what, words)}</span>
      {entry.via === "console" && <Badge tone="accent">{t("viaConsole")}</Badge>}
    </>
  );
}
