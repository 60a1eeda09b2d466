import Link from "next/link";
import { useTranslations } from "next-intl";
import { Moment } from "@/components/ui/moment";
import { Cell, Header, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { StockMovement } from "@/lib/inventory";

export interface MovementTableProps {
  movements: readonly StockMovement[];
  branches: readonly { readonly id: string; readonly name: string; readonly timeZone: string }[];
  /** Leads to the sales behind them. */
  linksOrders: boolean;
}

const kinds = ["opening", "receive", "adjust", "transfer_out", "transfer_in", "sale", "void"] as const;

/** The ledger of a product, the newest first. */
export function MovementTable({ movements, branches, linksOrders }: MovementTableProps) {
  const t = useTranslations("products.movements");
  const words = useTranslations("inventory.movement");
  return (
    <Table caption={t("caption")}>
      <TableHead>
        <Header>{t("when")}</Header>
        <Header>{t("what")}</Header>
        {branches.length > 1 && <Header>{t("branch")}</Header>}
        <Header>{t("detail")}</Header>
        <Header numeric>{t("quantity")}</Header>
        <Header numeric>{t("balance")}</Header>
      </TableHead>
      <TableBody>
        {movements.map((movement) => {
          const branch = branches.find(({ id }) => id === movement.branchId);
          const kind = kinds.find((known) => known === movement.kind);
          return (
            <Row key={movement.id}>
              <Cell className="whitespace-nowrap text-ink-soft tabular">
                <Moment value={movement.at} timeZone={branch?.timeZone ?? "America/Santiago"} />
              </Cell>
              <Cell lead>{kind ? words(kind) : movement.kind}</Cell>
              {branches.length > 1 && <Cell className="text-ink-soft">{branch?.name}</Cell>}
              <Cell className="max-w-32 text-ink-soft lg:max-w-72">
                <Source movement={movement} linksOrders={linksOrders} />
              </Cell>
              <Cell numeric side className="font-medium">
                {movement.quantity > 0 ? `+${movement.quantity}` : `−${-movement.quantity}`}
              </Cell>
              <Cell numeric label={t("balance")} className="text-ink-soft">
                {movement.balanceAfter}
              </Cell>
            </Row>
          );
        })}
      </TableBody>
    </Table>
  );
}

function Source({ movement, linksOrders }: { movement: StockMovement; linksOrders: boolean }) {
  const t = useTranslations("products.movements");
  const { reason, documentId, orderId } = movement;
  const href =
    orderId && linksOrders ? `/orders/${orderId}` : documentId && `/inventory/documents/${documentId}`;
  return (
    <span className="flex items-baseline gap-2">
      {reason && <span className="truncate">{reason}</span>}
      {href && (
        <Link href={href} prefetch={false} className="shrink-0 text-brand-text underline underline-offset-2">
          {t(orderId ? "order" : "document")}
        </Link>
      )}
    </span>
  );
}
