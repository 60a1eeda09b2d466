import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { BranchArchived } from "@/components/orders/branch-archived";
import { OrderActivity } from "@/components/orders/order-activity";
import { OrderFacts } from "@/components/orders/order-facts";
import { OrderItems } from "@/components/orders/order-items";
import { VoidOrder } from "@/components/orders/void-order";
import { ReceiptHandOut } from "@/components/receipts/receipt-hand-out";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import { Page, PageHeader } from "@/components/ui/page-header";
import { StatusBadge } from "@/components/ui/status-badge";
import { listVoidDrawers } from "@/lib/cash-register";
import { findCustomer } from "@/lib/customers";
import { ClientMessages, getLanguage, getLocale, getTranslations } from "@/lib/i18n";
import { getReceipt } from "@/lib/receipts";
import { getOrder, type Order, orderReference } from "@/lib/sales";
import { type Member, requireMember } from "@/lib/security/member";
import { orNotFound } from "@/lib/security/or-not-found";
import { formatInstant } from "@/lib/time";
import { countPrintAction, mailReceiptAction, voidOrderAction } from "../actions";

type Props = PageProps<"/orders/[orderId]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { order } = await memberAndOrder((await params).orderId);
  return { title: (await getTranslations("orders"))("detail.title", { number: order.receiptNumber }) };
}

export default async function OrderPage({ params }: Props) {
  const { member, order } = await memberAndOrder((await params).orderId);
  const [t, locale, language] = await Promise.all([getTranslations("orders"), getLocale(), getLanguage()]);
  const [receipt, email] = await Promise.all([
    getReceipt(member, order.id, language),
    addressOf(member, order),
  ]);
  const mayVoid = member.can("orders.void") && order.status === "completed";
  // Where goods or cash go back to, somebody must be able to work.
  const givesBack =
    (order.movements ?? []).length > 0 || order.payments.some(({ method }) => method === "cash");
  const waits = order.branchArchivedAt !== null && givesBack;
  const at = (instant: Date) => formatInstant(instant, order.timeZone, locale).replace(", ", " ");
  return (
    <ClientMessages namespaces={["orders", "receipts"]}>
      <Page>
        <PageHeader
          title={t("detail.title", { number: order.receiptNumber })}
          badge={<StatusBadge status={order.status} />}
          description={t("detail.soldBy", {
            at: at(order.soldAt),
            branch: order.branchName,
            seller: order.soldByName,
          })}
          breadcrumbs={[{ href: "/orders", label: t("title") }]}
          actions={
            mayVoid && !waits && <VoidOrder action={voidOrderAction} {...(await voiding(member, order))} />
          }
        />
        {mayVoid && waits && (
          <BranchArchived branchName={order.branchName} mayManageBranches={member.can("branches.manage")} />
        )}
        {order.voidedAt && (
          <Alert tone="danger" title={t("detail.voidedTitle")} className="mb-6">
            {t("detail.voidedText", {
              by: order.voidedByName ?? "",
              at: at(order.voidedAt),
              reason: order.voidReason ?? "",
            })}
          </Alert>
        )}
        <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_auto]">
          <div data-chrome className="flex min-w-0 flex-col gap-6">
            <OrderItems order={order} />
            <OrderFacts order={order} mayReadCustomer={member.can("customers.read")} />
            <OrderActivity order={order} />
          </div>
          <Card title={t("detail.receipt")} className="self-start">
            <ReceiptHandOut
              orderId={order.id}
              countPrint={countPrintAction}
              mailReceipt={mailReceiptAction}
              email={email}
              shown={receipt}
            />
          </Card>
        </div>
      </Page>
    </ClientMessages>
  );
}

/** The member and the sale of the page; one query a request, whoever asks. */
const memberAndOrder = cache(async (id: string): Promise<{ member: Member; order: Order }> => {
  const member = await requireMember("orders.read");
  const reference = orderReference.safeParse({ orderId: id });
  if (!reference.success) notFound();
  return { member, order: await orNotFound("order.not_found", getOrder(member, reference.data.orderId)) };
});

/** Where the customer of a sale gets mail, for whoever may read customers. */
async function addressOf(member: Member, { customerId }: Order): Promise<string> {
  if (!customerId || !member.can("customers.read")) return "";
  return (await findCustomer(member, customerId))?.email ?? "";
}

/** What somebody has to know before a sale is voided. */
async function voiding(member: Member, order: Order) {
  const cash = order.payments.reduce(
    (sum, { method, amount }) => (method === "cash" ? sum + amount : sum),
    0,
  );
  const drawers = cash > 0 ? await listVoidDrawers(member, order) : [];
  // Into one's own drawer alone, and that is the one of the branch where one works right now.
  const mayPayIn = member.can("cash.operate") && member.branch?.id === order.branchId;
  return { orderId: order.id, receiptNumber: order.receiptNumber, cash, drawers, mayPayIn };
}
