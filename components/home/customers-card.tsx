import Link from "next/link";
import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { UserPlus } from "@/components/ui/icons";
import { Moment } from "@/components/ui/moment";
import type { NewCustomer } from "@/lib/analytics";

export interface CustomersCardProps {
  customers: readonly NewCustomer[];
  mayWrite: boolean;
  timeZone: string;
}

/** Who came lately, for people who see customers and no sales. */
export function CustomersCard({ customers, mayWrite, timeZone }: CustomersCardProps) {
  const t = useTranslations("home.customers");
  return (
    <Card
      flush
      title={t("title")}
      actions={
        <>
          <ButtonLink href="/customers" size="sm" variant="ghost">
            {t("all")}
          </ButtonLink>
          {mayWrite && (
            <ButtonLink href="/customers/new" size="sm" icon={<UserPlus aria-hidden className="size-4" />}>
              {t("new")}
            </ButtonLink>
          )}
        </>
      }
    >
      {customers.length === 0 && <p className="px-5 pb-5 text-ink-soft">{t("empty")}</p>}
      <ul className="pb-2">
        {customers.map(({ id, name, at }) => (
          <li key={id} className="border-t border-line first:border-0">
            <Link
              href={`/customers/${id}`}
              prefetch={false}
              className="flex min-h-11 items-center justify-between gap-4 px-5 py-1.5 -outline-offset-2 hover:bg-sunken"
            >
              <span className="truncate">{name}</span>
              <Moment
                value={at}
                timeZone={timeZone}
                as="day"
                className="shrink-0 text-sm text-ink-soft tabular"
              />
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
