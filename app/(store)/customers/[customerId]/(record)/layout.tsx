import type { Metadata } from "next";
import { ActButton } from "@/components/ui/act-button";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Archive, ArchiveRestore, Pencil } from "@/components/ui/icons";
import { Page, PageHeader } from "@/components/ui/page-header";
import { StatusBadge } from "@/components/ui/status-badge";
import { Tabs } from "@/components/ui/tabs";
import type { Customer } from "@/lib/customers";
import { getTranslations } from "@/lib/i18n";
import { archiveCustomerAction, restoreCustomerAction } from "../../actions";
import { memberAndCustomer } from "../customer";

type Props = LayoutProps<"/customers/[customerId]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { customer } = await memberAndCustomer((await params).customerId, "customers.read");
  const common = await getTranslations("common");
  return { title: { default: customer.name, template: `%s · ${customer.name} · ${common("appName")}` } };
}

export default async function CustomerLayout({ params, children }: Props) {
  const { member, customer } = await memberAndCustomer((await params).customerId, "customers.read");
  const t = await getTranslations("customers");
  const path = `/customers/${customer.id}`;
  const tabs = [
    { href: path, label: t("tabs.data") },
    ...(member.can("orders.read") ? [{ href: `${path}/purchases`, label: t("tabs.purchases") }] : []),
    ...(member.can("audit.read") ? [{ href: `${path}/activity`, label: t("tabs.activity") }] : []),
  ];
  return (
    <Page>
      <PageHeader
        title={customer.name}
        badge={
          <>
            {customer.kind === "company" && <Badge>{t("kind.company")}</Badge>}
            {customer.archivedAt && <StatusBadge status="archived" />}
          </>
        }
        breadcrumbs={[{ href: "/customers", label: t("title") }]}
        actions={
          member.can("customers.write") && (
            <Actions customer={customer} mayUpgrade={member.can("billing.read")} />
          )
        }
      />
      {customer.archivedAt && (
        <Alert tone="neutral" className="mb-6">
          {t("archivedNotice")}
        </Alert>
      )}
      <Tabs label={t("tabs.label")} tabs={tabs} className="mb-6" />
      {children}
    </Page>
  );
}

interface ActionsProps {
  customer: Customer;
  mayUpgrade: boolean;
}

async function Actions({ customer: { id, archivedAt }, mayUpgrade }: ActionsProps) {
  const t = await getTranslations("customers");
  const archive = { action: archiveCustomerAction, done: t("actions.archived") };
  const restore = { action: restoreCustomerAction, done: t("actions.restored") };
  const undoLabel = t("actions.undo");
  const common = { id, ...(mayUpgrade && { plans: { href: "/billing", label: t("plans") } }) };
  return (
    <>
      {archivedAt ? (
        <ActButton
          act={{ ...restore, ...common, undo: { ...archive, label: undoLabel } }}
          icon={<ArchiveRestore aria-hidden />}
        >
          {t("actions.restore")}
        </ActButton>
      ) : (
        <ActButton
          act={{ ...archive, ...common, undo: { ...restore, label: undoLabel } }}
          icon={<Archive aria-hidden />}
        >
          {t("actions.archive")}
        </ActButton>
      )}
      <ButtonLink href={`/customers/${id}/edit`} variant="primary" icon={<Pencil aria-hidden />}>
        {t("edit")}
      </ButtonLink>
    </>
  );
}
