import type { Metadata } from "next";
import { CustomersCard } from "@/components/home/customers-card";
import { DayFigures } from "@/components/home/day-figures";
import { DrawerCard } from "@/components/home/drawer-card";
import { HoursCard } from "@/components/home/hours-card";
import { LimitsCard } from "@/components/home/limits-card";
import { LowStockCard } from "@/components/home/low-stock-card";
import { SalesCard } from "@/components/home/sales-card";
import { TendersCard } from "@/components/home/tenders-card";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Store } from "@/components/ui/icons";
import { Page, PageHeader } from "@/components/ui/page-header";
import { Tabs } from "@/components/ui/tabs";
import { type Day, type Desk, getHome } from "@/lib/analytics";
import { getLocale, getTranslations } from "@/lib/i18n";
import { maySell } from "@/lib/sales";
import { type Member, type MemberBranch, requireMember } from "@/lib/security/member";
import { formatInstant } from "@/lib/time";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("home"))("title") };
}

/** The day of the branch; `?scope=all` adds the branches up, for who reviews them. */
export default async function HomePage({ searchParams }: PageProps<"/">) {
  const member = await requireMember();
  const { branch } = member;
  if (!branch) return <NoBranch member={member} />;
  const { scope } = await searchParams;
  const everywhere = scope === "all" && seesAll(member);
  const branches = everywhere ? member.branches : [branch];
  const { day, desk } = await getHome(
    member,
    branches.map(({ id }) => id),
  );
  const manager = member.can("organization.manage");
  return (
    <Page>
      <Heading member={member} branch={branch} everywhere={everywhere} />
      <div className="flex flex-col gap-6">
        {day && <Figures day={day} branch={branch} />}
        <div
          className={
            day ? "grid items-start gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(18rem,1fr)]" : "max-w-3xl"
          }
        >
          <div className="flex min-w-0 flex-col gap-6">
            {day && <Sales member={member} day={day} everywhere={everywhere} />}
            {desk.customers && (
              <CustomersCard
                customers={desk.customers}
                mayWrite={member.can("customers.write")}
                timeZone={branch.timeZone}
              />
            )}
            {!day && desk.low && <LowStockCard low={desk.low} />}
          </div>
          <div className="flex min-w-0 flex-col gap-6">
            {member.can("cash.operate") && <Drawer member={member} branch={branch} desk={desk} />}
            {day && <TendersCard amounts={day.tenders} />}
            {day && desk.low && <LowStockCard low={desk.low} />}
            {manager && desk.limits.length > 0 && (
              <LimitsCard limits={desk.limits} mayUpgrade={member.can("billing.read")} />
            )}
          </div>
        </div>
      </div>
    </Page>
  );
}

function seesAll(member: Member): boolean {
  return member.can("cash.review") && member.branches.length > 1;
}

async function Heading({
  member,
  branch,
  everywhere,
}: {
  member: Member;
  branch: MemberBranch;
  everywhere: boolean;
}) {
  const [t, locale] = await Promise.all([getTranslations("home"), getLocale()]);
  const [name = member.fullName] = member.fullName.split(" ");
  const day = formatInstant(new Date(), branch.timeZone, locale, "today");
  return (
    <>
      <PageHeader
        title={t("greeting", { name })}
        description={t("day", { day, branch: everywhere ? t("everywhere") : branch.name })}
      />
      {seesAll(member) && (
        <Tabs
          label={t("scope")}
          tabs={[
            { href: "/", label: branch.name },
            { href: "/?scope=all", label: t("allBranches") },
          ]}
          className="mb-6"
        />
      )}
    </>
  );
}

async function Figures({ day, branch }: { day: Day; branch: MemberBranch }) {
  const weekday = formatInstant(new Date(), branch.timeZone, await getLocale(), "weekday");
  return <DayFigures day={day} weekday={weekday} currency="CLP" />;
}

function Sales({ member, day, everywhere }: { member: Member; day: Day; everywhere: boolean }) {
  return (
    <>
      <HoursCard hours={day.hours} maySell={maySell(member)} />
      <SalesCard sales={day.lastSales} showsBranch={everywhere} />
    </>
  );
}

function Drawer({ member, branch, desk }: { member: Member; branch: MemberBranch; desk: Desk }) {
  return (
    <DrawerCard
      drawer={desk.drawer}
      openDrawers={member.can("cash.review") ? desk.openDrawers : null}
      maySell={maySell(member)}
      timeZone={branch.timeZone}
    />
  );
}

async function NoBranch({ member }: { member: Member }) {
  const t = await getTranslations("home");
  return (
    <Page>
      <PageHeader title={t("greeting", { name: member.fullName })} />
      <Card>
        <EmptyState
          icon={<Store aria-hidden />}
          title={t("noBranch.title")}
          description={t("noBranch.description")}
        />
      </Card>
    </Page>
  );
}
