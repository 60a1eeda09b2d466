import type { Metadata } from "next";
import { FiguresCard } from "@/components/console/figures-card";
import { HealthCard } from "@/components/console/health-card";
import { TierTable } from "@/components/console/tier-table";
import { BarChart } from "@/components/ui/bar-chart";
import { Card } from "@/components/ui/card";
import { CircleDollarSign, HeartPulse, Store, TrendingUp } from "@/components/ui/icons";
import { Money } from "@/components/ui/money";
import { Page, PageHeader } from "@/components/ui/page-header";
import { StatCard, StatGrid } from "@/components/ui/stat-card";
import { getDashboard } from "@/lib/console";
import { getFormatter, getLocale, getTranslations } from "@/lib/i18n";
import { formatMoney } from "@/lib/money";
import { requirePlatform } from "@/lib/security/member";
import { gateways } from "@/lib/wiring/gateways";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("console"))("dashboard.title") };
}

export default async function DashboardPage() {
  const staff = await requirePlatform();
  const [figures, t, format, locale] = await Promise.all([
    getDashboard(staff),
    getTranslations("console"),
    getFormatter(),
    getLocale(),
  ]);
  const { organizations, engagement, revenue, trials, churn } = figures;
  const monthName = (month: string) => format.dateTime(new Date(`${month}-15T12:00:00Z`), { month: "short" });
  const conversion =
    trials.ended === 0 ? t("noneYet") : format.number(trials.converted / trials.ended, "percent");

  return (
    <Page>
      <PageHeader title={t("dashboard.title")} description={t("dashboard.description")} />
      <div className="flex flex-col gap-6">
        <StatGrid>
          <StatCard
            label={t("dashboard.active")}
            value={format.number(organizations.active)}
            hint={t("dashboard.activeHint", { total: organizations.total, trialing: organizations.trialing })}
            icon={<Store className="size-4" />}
            href="/admin/saas-management/organizations"
          />
          <StatCard
            label={t("dashboard.mrr")}
            value={<Money minor={revenue.mrr} />}
            hint={t("dashboard.arr", { amount: formatMoney(revenue.arr, "CLP", locale) })}
            icon={<CircleDollarSign className="size-4" />}
          />
          <StatCard
            label={t("dashboard.conversion")}
            value={conversion}
            hint={t("dashboard.conversionHint", { ended: trials.ended, lost: churn.lost30Days })}
            icon={<TrendingUp className="size-4" />}
          />
          <StatCard
            label={t("dashboard.engagement")}
            value={format.number(engagement.soldIn7Days)}
            hint={t("dashboard.engagementHint", {
              orders: engagement.orders30Days,
              members: engagement.membersIn7Days,
            })}
            icon={<HeartPulse className="size-4" />}
          />
        </StatGrid>
        <div className="grid gap-6 lg:grid-cols-2">
          <Card title={t("dashboard.revenueByMonth")} description={t("dashboard.revenueHint")}>
            <BarChart
              caption={t("dashboard.revenueByMonth")}
              bars={revenue.byMonth.map(({ month, amount }) => ({
                label: monthName(month),
                value: amount,
                text: formatMoney(amount, "CLP", locale),
              }))}
            />
          </Card>
          <Card
            title={t("dashboard.signups")}
            description={t("dashboard.signupsHint", { count: organizations.newThisMonth })}
          >
            <BarChart
              caption={t("dashboard.signups")}
              bars={figures.signups.map(({ month, count }) => ({
                label: monthName(month),
                value: count,
                text: format.number(count),
              }))}
            />
          </Card>
          <TierTable tiers={figures.tiers} statuses={figures.statuses} />
          <HealthCard health={figures.health} gateways={gateways.list()} />
        </div>
        <FiguresCard />
      </div>
    </Page>
  );
}
