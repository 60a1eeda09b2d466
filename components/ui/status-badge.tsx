import { useTranslations } from "next-intl";
import { Badge } from "./badge";
import { isStatus, statusTones } from "./status";

/** The state of something, in its one colour and its one word. Server components only (messages `common`). */
export function StatusBadge({ status, className }: { status: string; className?: string }) {
  const t = useTranslations("common.status");
  const look = className === undefined ? {} : { className };
  if (!isStatus(status)) return <Badge {...look}>{status}</Badge>;
  return (
    <Badge tone={statusTones[status]} dot {...look}>
      {t(status)}
    </Badge>
  );
}
