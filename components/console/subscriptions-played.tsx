import { useTranslations } from "next-intl";
import { tierCode } from "@/components/billing/names";
import { ArrowRight, CalendarRange, FileText, Mail, Workflow } from "@/components/ui/icons";
import { Moment } from "@/components/ui/moment";
import { StatusBadge } from "@/components/ui/status-badge";
import type { SubscriptionDetail } from "@/lib/console";
import { getPlainTranslator } from "@/lib/i18n";
import { wordOr } from "@/lib/i18n/word-or";
import { CONSOLE_ZONE } from "./organizations-table";

type Played = SubscriptionDetail["played"][number];

const icons = { moved: Workflow, mail: Mail, invoice: FileText, period: CalendarRange } as const;

/** What a test clock brought about, so that a year can be watched in a minute. */
export function SubscriptionsPlayed({ played }: Pick<SubscriptionDetail, "played">) {
  const t = useTranslations("consoleSubscriptions.testClock");
  return (
    <section aria-label={t("played")} className="border-t border-line pt-4">
      <h3 className="font-medium">{t("played")}</h3>
      <p className="text-sm text-ink-soft">{played.length === 0 ? t("nothing") : t("playedHint")}</p>
      {played.length > 0 && (
        // What scrolls must be reachable by the keyboard.
        <div
          role="region"
          aria-label={t("played")}
          tabIndex={0}
          className="scrollbar-calm mt-3 max-h-96 overflow-y-auto"
        >
          <ol className="flex flex-col pr-2">
            {played.map((entry, index) => {
              const Icon = icons[entry.kind];
              return (
                <li
                  key={`${entry.kind} ${entry.at} ${index}`}
                  className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2.5 last:border-b-0"
                >
                  <Icon aria-hidden className="size-4 shrink-0 text-ink-faint" />
                  <span className="text-sm text-ink-soft">{t(`kinds.${entry.kind}`)}</span>
                  <What entry={entry} />
                  <span className="ml-auto text-sm text-ink-soft">
                    <Moment value={entry.at} timeZone={CONSOLE_ZONE} />
                  </span>
                </li>
              );
            })}
          </ol>
        </div>
      )}
    </section>
  );
}

function What({ entry }: { entry: Played }) {
  const t = useTranslations("consoleSubscriptions.testClock");
  const tiers = useTranslations("console.tiers");
  switch (entry.kind) {
    case "moved":
      return (
        <span className="inline-flex flex-wrap items-center gap-1.5">
          {entry.before && <StatusBadge status={entry.before} />}
          <ArrowRight aria-hidden className="size-3.5 text-ink-faint" />
          <StatusBadge status={entry.after} />
        </span>
      );
    case "mail":
      return <MailName kind={entry.after} />;
    case "invoice":
      return t("invoice", { number: entry.after });
    case "period":
      return t("period", { plan: tiers(tierCode(entry.after)) });
  }
}

async function MailName({ kind }: { kind: string }) {
  return wordOr(await getPlainTranslator(), `consoleSubscriptions.testClock.mails.${kind}`, kind);
}
