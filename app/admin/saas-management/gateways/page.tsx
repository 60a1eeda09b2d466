import type { Metadata } from "next";
import { GatewaysCard, type GatewayView } from "@/components/console/gateways-card";
import { GatewaysChanges } from "@/components/console/gateways-changes";
import { Page, PageHeader } from "@/components/ui/page-header";
import { getStoredGateways, type InboxRow, listInbox, type StoredGateways } from "@/lib/console";
import { env } from "@/lib/env";
import { getTranslations } from "@/lib/i18n";
import type { GatewayEntry } from "@/lib/payments";
import { credentialNames, isGatewayId } from "@/lib/payments/gateway-catalogue";
import { gatewayAddress, isRealGateway } from "@/lib/payments/gateway-settings";
import { requirePlatform } from "@/lib/security/member";
import { gateways } from "@/lib/wiring/gateways";
import {
  checkCredentialsAction,
  forgetCredentialsAction,
  pauseGatewayAction,
  saveCredentialsAction,
  switchGatewayAction,
} from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("consolePayments"))("gateways.title") };
}

export default async function GatewaysPage() {
  const staff = await requirePlatform();
  const [stored, inbox, t] = await Promise.all([
    getStoredGateways(staff),
    listInbox(staff),
    getTranslations("consolePayments.gateways"),
  ]);
  const actions =
    staff.role === "super_admin"
      ? {
          save: saveCredentialsAction,
          use: switchGatewayAction,
          forget: forgetCredentialsAction,
          pause: pauseGatewayAction,
          check: checkCredentialsAction,
        }
      : null;
  return (
    <Page>
      <PageHeader title={t("title")} description={t("description")} />
      <div className="flex flex-col gap-6">
        {gateways.list().map((entry) => (
          <GatewaysCard key={entry.id} gateway={viewOf(entry, stored, inbox)} actions={actions} />
        ))}
        <GatewaysChanges changes={stored.changes} />
      </div>
    </Page>
  );
}

/** What this process does with a gateway, beside what is stored about it and when anybody last heard it. */
function viewOf(entry: GatewayEntry, stored: StoredGateways, inbox: readonly InboxRow[]): GatewayView {
  const { id } = entry;
  const found = gateways.find(id);
  const heard = stored.heard.find(({ gateway }) => gateway === id);
  return {
    ...entry,
    working:
      found.state === "on"
        ? { ...found.standing, ...found.gateway.capabilities, breakerOpen: found.gateway.isDegraded() }
        : null,
    webhookUrl: `${env.APP_URL}/api/webhooks/${id}`,
    simulator: isGatewayId(id) && !isRealGateway(id) ? new URL(gatewayAddress(id, "production")).host : null,
    fields: isGatewayId(id) ? credentialNames(id) : [],
    sets: stored.sets.filter(({ gateway }) => gateway === id),
    chosen: stored.switches.find(({ gateway }) => gateway === id)?.mode ?? null,
    answeredAt: heard?.answeredAt ?? null,
    noticedAt: inbox.find(({ gateway }) => gateway === id)?.last_notice_at ?? null,
    open: { live: heard?.openLive ?? 0, test: heard?.openTest ?? 0 },
  };
}
