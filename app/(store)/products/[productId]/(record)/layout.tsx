import type { Metadata } from "next";
import { ActButton } from "@/components/ui/act-button";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Archive, ArchiveRestore, Pencil, Tag } from "@/components/ui/icons";
import { Page, PageHeader } from "@/components/ui/page-header";
import { StatusBadge } from "@/components/ui/status-badge";
import { Tabs } from "@/components/ui/tabs";
import type { Product } from "@/lib/catalog";
import { getTranslations } from "@/lib/i18n";
import { archiveProductAction, restoreProductAction } from "../../actions";
import { memberAndProduct } from "../product";

type Props = LayoutProps<"/products/[productId]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { product } = await memberAndProduct((await params).productId, "products.read");
  const common = await getTranslations("common");
  return { title: { default: product.name, template: `%s · ${product.name} · ${common("appName")}` } };
}

export default async function ProductLayout({ params, children }: Props) {
  const { member, product } = await memberAndProduct((await params).productId, "products.read");
  const t = await getTranslations("products");
  const path = `/products/${product.id}`;
  const tabs = [
    { href: path, label: t("tabs.data") },
    ...(member.can("inventory.read") && product.tracksStock
      ? [{ href: `${path}/movements`, label: t("tabs.movements") }]
      : []),
    ...(member.can("audit.read") ? [{ href: `${path}/activity`, label: t("tabs.activity") }] : []),
  ];
  return (
    <Page>
      <PageHeader
        title={product.name}
        badge={
          <>
            <Badge>{t(`category.${product.category}`)}</Badge>
            {product.archivedAt && <StatusBadge status="archived" />}
          </>
        }
        breadcrumbs={[{ href: "/products", label: t("title") }]}
        actions={
          member.can("products.write") && (
            <Actions product={product} mayUpgrade={member.can("billing.read")} />
          )
        }
      />
      {product.archivedAt && (
        <Alert tone="neutral" className="mb-6">
          {t("archivedNotice")}
        </Alert>
      )}
      {tabs.length > 1 && <Tabs label={t("tabs.label")} tabs={tabs} className="mb-6" />}
      {children}
    </Page>
  );
}

interface ActionsProps {
  product: Product;
  mayUpgrade: boolean;
}

async function Actions({ product: { id, archivedAt }, mayUpgrade }: ActionsProps) {
  const t = await getTranslations("products");
  const archive = { action: archiveProductAction, done: t("actions.archived") };
  const restore = { action: restoreProductAction, done: t("actions.restored") };
  const common = { id, ...(mayUpgrade && { plans: { href: "/billing", label: t("plans") } }) };
  const label = t("actions.undo");
  return (
    <>
      {archivedAt ? (
        <ActButton
          act={{ ...common, ...restore, undo: { ...archive, label } }}
          icon={<ArchiveRestore aria-hidden />}
        >
          {t("actions.restore")}
        </ActButton>
      ) : (
        <ActButton
          act={{ ...common, ...archive, undo: { ...restore, label } }}
          icon={<Archive aria-hidden />}
        >
          {t("actions.archive")}
        </ActButton>
      )}
      <ButtonLink href={`/products/${id}/label`} icon={<Tag aria-hidden />}>
        {t("actions.labels")}
      </ButtonLink>
      <ButtonLink href={`/products/${id}/edit`} variant="primary" icon={<Pencil aria-hidden />}>
        {t("edit")}
      </ButtonLink>
    </>
  );
}
