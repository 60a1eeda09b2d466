import type { PlainTranslator } from "@/lib/i18n/translator";
import { tenderMethods } from "@/lib/sales";
import type { SheetColumn } from "@/lib/spreadsheet";
import { localInstant } from "@/lib/time";
import type { SessionRow } from "./list-sessions";

/** The columns of exported drawers: amounts as plain numbers, instants on the branch's clock with its zone named. */
export function sessionColumns(t: PlainTranslator): SheetColumn<SessionRow>[] {
  const heading = (name: string) => t(`cashRegister.export.${name}`);
  return [
    { heading: heading("openedAt"), value: ({ openedAt, timeZone }) => localInstant(openedAt, timeZone) },
    {
      heading: heading("closedAt"),
      value: ({ closedAt, timeZone }) => closedAt && localInstant(closedAt, timeZone),
    },
    { heading: heading("timeZone"), value: (session) => session.timeZone },
    { heading: heading("branch"), value: (session) => session.branchName },
    { heading: heading("member"), value: (session) => session.memberName },
    { heading: heading("status"), value: ({ status }) => t(`common.status.${status}`) },
    { heading: heading("openingFloat"), value: (session) => session.openingFloat },
    ...tenderMethods.flatMap((method) => [
      {
        heading: heading(`expected.${method}`),
        value: (session: SessionRow) => session.expected?.[method] ?? null,
      },
      {
        heading: heading(`counted.${method}`),
        value: (session: SessionRow) => session.counted?.[method] ?? null,
      },
    ]),
    { heading: heading("cashDifference"), value: (session) => session.cashDifference },
    { heading: heading("note"), value: (session) => session.note },
  ];
}
