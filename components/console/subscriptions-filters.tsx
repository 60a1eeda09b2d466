import { useTranslations } from "next-intl";
import { FilterSelect } from "@/components/ui/filter-select";
import { SearchInput } from "@/components/ui/search-input";
import { TableToolbar } from "@/components/ui/table-tools";
import { SubscriptionsViewMenu } from "./subscriptions-table";

interface SubscriptionsFiltersProps {
  states: readonly Status[];
  tiers: readonly ("basic" | "pro" | "premium")[];
  versions: readonly number[];
  intervals: readonly ("month" | "year")[];
  dueWithin: readonly ("7" | "30")[];
  sorts: readonly ("newest" | "due" | "name" | "value")[];
}

type Status =
  | "trialing"
  | "active"
  | "past_due"
  | "grace"
  | "suspended"
  | "expired"
  | "pending_payment"
  | "cancelled";

/** What the list of subscriptions can be narrowed by, and its order. */
export function SubscriptionsFilters({
  states,
  tiers,
  versions,
  intervals,
  dueWithin,
  sorts,
}: SubscriptionsFiltersProps) {
  const t = useTranslations("consoleSubscriptions");
  const c = useTranslations("common.status");
  const tier = useTranslations("console.tiers");
  const [first, ...others] = sorts;
  return (
    <TableToolbar actions={<SubscriptionsViewMenu />}>
      <SearchInput label={t("search")} />
      <FilterSelect
        name="status"
        label={t("state")}
        options={states.map((value) => ({ value, label: c(value) }))}
      />
      <FilterSelect
        name="tier"
        label={t("plan")}
        options={tiers.map((value) => ({ value, label: tier(value) }))}
      />
      <FilterSelect
        name="version"
        label={t("version")}
        options={versions.map((version) => ({
          value: String(version),
          label: t("versionValue", { version }),
        }))}
      />
      <FilterSelect
        name="interval"
        label={t("interval")}
        options={intervals.map((value) => ({ value, label: t(`intervals.${value}`) }))}
      />
      <FilterSelect
        name="days"
        label={t("days")}
        options={dueWithin.map((value) => ({ value, label: t(`dueWithin.${value}`) }))}
      />
      <FilterSelect name="clock" label={t("clock")} options={[{ value: "yes", label: t("clockFilter") }]} />
      <FilterSelect
        name="ending"
        label={t("ending")}
        options={[{ value: "yes", label: t("endingFilter") }]}
      />
      <FilterSelect
        name="sort"
        label={t("sort.label")}
        anyLabel={t(`sort.${first ?? "newest"}`)}
        options={others.map((value) => ({ value, label: t(`sort.${value}`) }))}
      />
    </TableToolbar>
  );
}
