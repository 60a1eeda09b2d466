import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { ConfirmButton } from "@/components/ui/alert-dialog";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import type { FormAction } from "@/components/ui/form";
import { Moment } from "@/components/ui/moment";
import type { SubscriptionDetail } from "@/lib/console";
import { ClientMessages } from "@/lib/i18n";
import { businessDate } from "@/lib/time";
import { CONSOLE_ZONE } from "./organizations-table";
import { type Moved, SubscriptionsClockMoves } from "./subscriptions-clock-moves";
import { HeldBecause } from "./subscriptions-parts";
import { SubscriptionsPlayed } from "./subscriptions-played";

interface ClockActions {
  move: FormAction<Moved>;
  play: FormAction<Moved>;
  remove: FormAction<unknown>;
}

interface SubscriptionsClockProps {
  detail: SubscriptionDetail;
  /** Null for staff who may only look. */
  actions: ClockActions | null;
}

/** A clock of a test shop's own, to watch its life pass. */
export function SubscriptionsClock({ detail, actions }: SubscriptionsClockProps) {
  const t = useTranslations("consoleSubscriptions.testClock");
  return (
    <Card
      title={t("title")}
      description={t("description")}
      actions={detail.clock && actions && <RemoveClock id={detail.organization.id} remove={actions.remove} />}
    >
      {detail.clock ? (
        <div className="flex flex-col gap-5">
          <ClockFace detail={detail} clock={detail.clock} />
          {actions && (
            <ClientMessages namespaces={["consoleSubscriptions"]}>
              <SubscriptionsClockMoves
                organizationId={detail.organization.id}
                today={businessDate(new Date(detail.clock.target), CONSOLE_ZONE)}
                move={actions.move}
                play={actions.play}
              />
            </ClientMessages>
          )}
          <SubscriptionsPlayed played={detail.played} />
        </div>
      ) : (
        <NoClock detail={detail} move={actions?.move ?? null} />
      )}
    </Card>
  );
}

function NoClock({ detail, move }: { detail: SubscriptionDetail; move: FormAction<Moved> | null }) {
  const t = useTranslations("consoleSubscriptions.testClock");
  const { organization, mayHaveClock } = detail;
  if (!mayHaveClock) return <p className="text-ink-soft">{t("real")}</p>;
  return (
    <div className="flex flex-col items-start gap-4">
      <p className="text-ink-soft">
        {t("none")} {!move && t("readOnly")}
      </p>
      {move && (
        <ConfirmButton
          label={t("start")}
          title={t("startTitle")}
          description={t("startHint", { name: organization.name })}
          action={move}
          values={{ organizationId: organization.id, days: "0" }}
          tone="primary"
          confirmLabel={t("start")}
          successMessage={t("started")}
        />
      )}
    </div>
  );
}

function ClockFace({
  detail,
  clock,
}: {
  detail: SubscriptionDetail;
  clock: NonNullable<SubscriptionDetail["clock"]>;
}) {
  const t = useTranslations("consoleSubscriptions.testClock");
  const waits = clock.at !== clock.target;
  const because = detail.subscription.held_because;
  return (
    <>
      <DescriptionList
        items={[
          {
            label: t("hour"),
            value: (
              <span className="text-lg font-semibold tabular">
                <Moment value={clock.at} timeZone={CONSOLE_ZONE} />
              </span>
            ),
          },
          waits
            ? { label: t("target"), value: <Moment value={clock.target} timeZone={CONSOLE_ZONE} /> }
            : { label: t("setBy"), value: clock.setBy },
        ]}
      />
      {waits && (
        <Alert tone="warning" title={t("waiting")}>
          {because && <HeldBecause because={because} />} {t("waitingHint")}
        </Alert>
      )}
    </>
  );
}

function RemoveClock({ id, remove }: { id: string; remove: FormAction<unknown> }) {
  const t = useTranslations("consoleSubscriptions.testClock");
  return (
    <ConfirmButton
      size="sm"
      label={t("remove")}
      title={t("removeTitle")}
      description={t("removeHint")}
      action={remove}
      values={{ id }}
      tone="primary"
      confirmLabel={t("remove")}
      successMessage={t("removed")}
    />
  );
}
