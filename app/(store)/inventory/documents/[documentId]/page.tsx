import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { DocumentPaper } from "@/components/inventory/document-paper";
import { Page, PageHeader } from "@/components/ui/page-header";
import { PrintButton } from "@/components/ui/print-button";
import { getLocale, getTranslations } from "@/lib/i18n";
import { findDocument } from "@/lib/inventory";
import { requireMember } from "@/lib/security/member";
import { businessDate, formatDay } from "@/lib/time";

type Props = PageProps<"/inventory/documents/[documentId]">;

const documentOf = cache(async (id: string) => {
  const member = await requireMember("inventory.read");
  const document = (await findDocument(member, id)) ?? notFound();
  const [t, locale] = await Promise.all([getTranslations("inventory"), getLocale()]);
  const date = formatDay(businessDate(document.at, document.timeZone), locale);
  return { member, document, t, title: t("document.title", { kind: t(`kind.${document.kind}`), date }) };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await documentOf((await params).documentId)).title };
}

export default async function DocumentPage({ params }: Props) {
  const { member, document, t, title } = await documentOf((await params).documentId);
  return (
    <Page>
      <PageHeader
        title={title}
        breadcrumbs={[
          { href: "/inventory", label: t("title") },
          { href: "/inventory/documents", label: t("tabs.documents") },
        ]}
        actions={<PrintButton>{t("document.print")}</PrintButton>}
      />
      <DocumentPaper document={document} shop={member.organization.name} />
    </Page>
  );
}
