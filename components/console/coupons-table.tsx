import { useTranslations } from "next-intl";
import { columnChoices, type ListColumn, ListTable } from "@/components/ui/list-table";
import type { TableView } from "@/components/ui/table-view";
import { ViewMenu } from "@/components/ui/view-menu";
import {
  CouponDiscount,
  CouponLasts,
  CouponPlans,
  CouponState,
  type CouponTerms,
  CouponUses,
  CouponWindow,
} from "./coupons-parts";

type CouponLine = CouponTerms & {
  code: string;
  note: string;
  made_by: string | null;
  state: "active" | "not_yet" | "used_up" | "ended" | "retired";
};

interface CouponsTableProps {
  path: string;
  view: TableView;
  rows: readonly CouponLine[];
}

/** Coupons, those that can be redeemed first. */
export function CouponsTable({ rows, view, path }: CouponsTableProps) {
  const t = useTranslations("consoleCoupons");
  return (
    <ListTable
      caption={t("title")}
      columns={useColumns()}
      rows={rows}
      view={view}
      href={({ code }) => `${path}/${code}`}
    />
  );
}

/** How the list is looked at. */
export function CouponsViewMenu() {
  return <ViewMenu columns={columnChoices(useColumns())} />;
}

function useColumns(): ListColumn<CouponLine>[] {
  const t = useTranslations("consoleCoupons");
  return [
    { key: "code", heading: t("code"), value: ({ code }) => code },
    {
      key: "discount",
      heading: t("discount"),
      labelled: true,
      value: (row) => (
        <>
          <CouponDiscount coupon={row} />
          <span className="block text-xs text-ink-faint">
            <CouponLasts coupon={row} />
          </span>
        </>
      ),
    },
    {
      key: "plans",
      heading: t("plans"),
      labelled: true,
      hideBelow: "lg",
      value: (row) => <CouponPlans coupon={row} />,
    },
    {
      key: "window",
      heading: t("window"),
      labelled: true,
      value: (row) => <CouponWindow coupon={row} />,
    },
    {
      key: "uses",
      heading: t("uses"),
      labelled: true,
      numeric: true,
      value: (row) => <CouponUses coupon={row} />,
    },
    {
      key: "state",
      heading: t("state"),
      labelled: true,
      value: ({ state }) => <CouponState state={state} />,
    },
    {
      key: "note",
      heading: t("note"),
      hideBelow: "lg",
      value: ({ note, made_by }) => (
        <>
          <span className="block max-w-36 truncate xl:max-w-56">{note}</span>
          {made_by && <span className="block text-xs text-ink-faint">{made_by}</span>}
        </>
      ),
    },
  ];
}
