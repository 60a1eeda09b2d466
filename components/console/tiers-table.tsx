import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Money } from "@/components/ui/money";
import { Cell, Header, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import { formatMoney } from "@/lib/money";
import { businessDate, formatDay } from "@/lib/time";
import { CONSOLE_ZONE } from "./organizations-table";
import { TierFeatures } from "./tiers-features";
import { changesBetween, maxima, type TierTerms } from "./tiers-terms";

export interface ShownVersion extends Required<TierTerms> {
  version: number;
  availableFrom: Date;
  retiredAt: Date | null;
  onSale: boolean;
  shops: number;
  paying: number;
  monthlyValue: number;
}

interface TiersTableProps {
  /** The name of the tier. */
  name: string;
  /** The newest first. */
  versions: readonly ShownVersion[];
  /** Where the shops of a version are listed. */
  shopsHref: (version: number) => string;
}

/** All versions of a tier beside each other; what differs from the version before is marked. */
export function TiersTable({ name, versions, shopsHref }: TiersTableProps) {
  const t = useTranslations("consoleTiers");
  return (
    <Table caption={t("caption", { name })}>
      <TableHead>
        <Header>{t("version")}</Header>
        <Header numeric>{t("month")}</Header>
        <Header numeric className="sm:max-lg:hidden">
          {t("year")}
        </Header>
        <Header>{t("limits")}</Header>
        <Header>{t("includes")}</Header>
        <Header numeric>{t("shops")}</Header>
        <Header numeric hideBelow="lg">
          {t("monthlyValue")}
        </Header>
      </TableHead>
      <TableBody>
        {versions.map((version, index) => (
          <VersionRow
            key={version.version}
            version={version}
            before={versions[index + 1] ?? null}
            shopsHref={shopsHref(version.version)}
          />
        ))}
      </TableBody>
    </Table>
  );
}

interface VersionRowProps {
  version: ShownVersion;
  /** Null for the first version. */
  before: ShownVersion | null;
  shopsHref: string;
}

function VersionRow({ version, before, shopsHref }: VersionRowProps) {
  const t = useTranslations("consoleTiers");
  const { added, removed } = changesBetween(before ?? version, version);
  return (
    <Row>
      <Cell lead>
        <span className="block whitespace-nowrap">{t("versionNumber", { version: version.version })}</span>
        <Standing {...version} />
      </Cell>
      <Cell numeric label={t("month")}>
        <Stack>
          <Price term="priceClpMonth" currency="CLP" version={version} before={before} />
          <Price term="priceUsdMonth" currency="USD" version={version} before={before} />
        </Stack>
      </Cell>
      <Cell numeric label={t("year")} className="sm:max-lg:hidden">
        <Stack>
          <Price term="priceClpYear" currency="CLP" version={version} before={before} />
          <Price term="priceUsdYear" currency="USD" version={version} before={before} />
        </Stack>
      </Cell>
      <Cell label={t("limits")}>
        <Stack>
          {maxima.map((term) => (
            <Was
              key={term}
              differs={before !== null && before[term] !== version[term]}
              before={before && t(`maximum.${term}`, { max: before[term] ?? 0 })}
            >
              {t(`maximum.${term}`, { max: version[term] ?? 0 })}
            </Was>
          ))}
        </Stack>
      </Cell>
      <Cell label={t("includes")}>
        <TierFeatures features={version.features} added={added} removed={removed} />
      </Cell>
      <Cell numeric label={t("shops")}>
        <Stack>
          <Link
            href={shopsHref}
            prefetch={false}
            className="relative z-1 font-medium text-brand-text underline underline-offset-2"
          >
            {t("shopsOf", { count: version.shops })}
          </Link>
          <span className="block text-xs text-ink-soft">{t("paying", { count: version.paying })}</span>
        </Stack>
      </Cell>
      <Cell numeric hideBelow="lg">
        <Money minor={version.monthlyValue} />
      </Cell>
    </Row>
  );
}

/** Whether a version is sold, and since or until when. */
function Standing({ availableFrom, retiredAt, onSale }: ShownVersion) {
  const t = useTranslations("consoleTiers");
  const locale = useLocale();
  const day = (instant: Date) => formatDay(businessDate(instant, CONSOLE_ZONE), locale);
  const [tone, state, since] = standing();
  return (
    <span className="mt-1 flex flex-col items-start gap-1">
      <Badge tone={tone} dot>
        {state}
      </Badge>
      <span className="text-xs font-normal text-ink-soft">{since}</span>
    </span>
  );

  function standing() {
    if (onSale)
      return [
        "success",
        t("onSale"),
        retiredAt ? t("until", { day: day(retiredAt) }) : t("since", { day: day(availableFrom) }),
      ] as const;
    if (retiredAt && retiredAt <= availableFrom)
      return ["neutral", t("neverSold"), t("sinceRetired", { day: day(retiredAt) })] as const;
    if (retiredAt) return ["neutral", t("retired"), t("sinceRetired", { day: day(retiredAt) })] as const;
    return ["info", t("planned"), t("from", { day: day(availableFrom) })] as const;
  }
}

interface PriceProps {
  term: "priceClpMonth" | "priceClpYear" | "priceUsdMonth" | "priceUsdYear";
  currency: "CLP" | "USD";
  version: ShownVersion;
  before: ShownVersion | null;
}

function Price({ term, currency, version, before }: PriceProps) {
  const locale = useLocale();
  return (
    <Was
      differs={before !== null && before[term] !== version[term]}
      before={before && formatMoney(before[term], currency, locale)}
    >
      <Money minor={version[term]} currency={currency} />
    </Was>
  );
}

/** A value; where the version before said otherwise it is marked, with what that was. */
function Was({
  differs,
  before,
  children,
}: {
  differs: boolean;
  before: string | null;
  children: ReactNode;
}) {
  const t = useTranslations("consoleTiers");
  if (!differs) return <span className="block">{children}</span>;
  return (
    <span className="block">
      <mark className="rounded-xs bg-warning-soft px-1 font-medium text-warning-text">{children}</mark>
      <span className="block text-xs whitespace-nowrap text-ink-soft">
        {t("before", { value: before ?? "" })}
      </span>
    </span>
  );
}

/** Lines under one another; on a phone a cell lays what is in it side by side. */
function Stack({ children }: { children: ReactNode }) {
  return <span className="block max-sm:text-left">{children}</span>;
}
