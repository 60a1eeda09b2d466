import { useTranslations } from "next-intl";
import { Cell, Header, Row, RowLink, Table, TableBody, TableHead } from "@/components/ui/table";
import {
  CouponDiscount,
  CouponLasts,
  CouponPlans,
  CouponState,
  type CouponTerms,
  CouponUses,
  CouponWindow,
} from "./coupons-parts";

interface CouponsTableProps {
  path: string;
  rows: readonly (CouponTerms & {
    code: string;
    note: string;
    made_by: string | null;
    state: "active" | "not_yet" | "used_up" | "ended" | "retired";
  })[];
}

/** Coupons, those that can be redeemed first. */
export function CouponsTable({ rows, path }: CouponsTableProps) {
  const t = useTranslations("consoleCoupons");
  return (
    <Table caption={t("title")}>
      <TableHead>
        <Header>{t("code")}</Header>
        <Header>{t("discount")}</Header>
        <Header hideBelow="lg">{t("plans")}</Header>
        <Header>{t("window")}</Header>
        <Header numeric>{t("uses")}</Header>
        <Header>{t("state")}</Header>
        <Header hideBelow="lg">{t("note")}</Header>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <Row key={row.code}>
            <Cell lead>
              <RowLink href={`${path}/${row.code}`}>{row.code}</RowLink>
            </Cell>
            <Cell label={t("discount")}>
              <CouponDiscount coupon={row} />
              <span className="block text-xs text-ink-faint">
                <CouponLasts coupon={row} />
              </span>
            </Cell>
            <Cell label={t("plans")} hideBelow="lg">
              <CouponPlans coupon={row} />
            </Cell>
            <Cell label={t("window")}>
              <CouponWindow coupon={row} />
            </Cell>
            <Cell label={t("uses")} numeric>
              <CouponUses coupon={row} />
            </Cell>
            <Cell label={t("state")}>
              <CouponState state={row.state} />
            </Cell>
            <Cell hideBelow="lg">
              <span className="block max-w-36 truncate xl:max-w-56">{row.note}</span>
              {row.made_by && <span className="block text-xs text-ink-faint">{row.made_by}</span>}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
