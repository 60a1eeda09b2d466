import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Store } from "@/components/ui/icons";
import { Moment } from "@/components/ui/moment";
import { Cell, Header, Row, RowLink, Table, TableBody, TableHead } from "@/components/ui/table";
import { CONSOLE_ZONE } from "./organizations-table";

/** As many as the database tells of one coupon. */
const MOST_SHOWN = 200;

interface CouponsRedemptionsProps {
  redemptions: readonly {
    organizationId: string;
    organization: string;
    takenAt: string;
    usesLeft: number | null;
    isRedeemed: boolean;
  }[];
}

/** The shops that use a coupon or hold it for an open payment. */
export function CouponsRedemptions({ redemptions }: CouponsRedemptionsProps) {
  const t = useTranslations("consoleCoupons");
  const left = (count: number | null) =>
    count === null ? t("detail.leftForever") : t("detail.leftCount", { count });
  return (
    <Card
      title={t("detail.redemptions")}
      description={redemptions.length >= MOST_SHOWN && t("detail.redemptionsHint")}
      flush
    >
      {redemptions.length === 0 ? (
        <EmptyState
          icon={<Store />}
          title={t("detail.nobodyTitle")}
          description={t("detail.nobodyDescription")}
        />
      ) : (
        <Table caption={t("detail.redemptions")}>
          <TableHead>
            <Header>{t("detail.organization")}</Header>
            <Header>{t("detail.takenAt")}</Header>
            <Header>{t("detail.left")}</Header>
            <Header>{t("state")}</Header>
          </TableHead>
          <TableBody>
            {redemptions.map((row) => (
              <Row key={row.organizationId}>
                <Cell lead>
                  <RowLink href={`/admin/saas-management/organizations/${row.organizationId}`}>
                    {row.organization}
                  </RowLink>
                </Cell>
                <Cell label={t("detail.takenAt")}>
                  <Moment value={row.takenAt} timeZone={CONSOLE_ZONE} />
                </Cell>
                <Cell label={t("detail.left")}>{left(row.usesLeft)}</Cell>
                <Cell label={t("state")}>
                  <Badge tone={row.isRedeemed ? "success" : "warning"} dot>
                    {t(row.isRedeemed ? "detail.redeemed" : "detail.held")}
                  </Badge>
                </Cell>
              </Row>
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  );
}
