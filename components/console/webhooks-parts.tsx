import { useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";

const statusTones = { received: "warning", done: "success", ignored: "neutral", dead: "danger" } as const;
const proofTones = { signature: "success", hint: "warning", return: "info", sweep: "neutral" } as const;

/** What became of a notice. */
export function NoticeStatus({ status }: { status: string }) {
  const t = useTranslations("consolePayments.noticeStatus");
  return isIn(statusTones, status) ? (
    <Badge tone={statusTones[status]} dot>
      {t(status)}
    </Badge>
  ) : (
    <Badge>{status}</Badge>
  );
}

/** How a notice proved whose it is. */
export function ProofBadge({ proof }: { proof: string }) {
  const t = useTranslations("consolePayments.proof");
  return isIn(proofTones, proof) ? (
    <Badge tone={proofTones[proof]}>{t(proof)}</Badge>
  ) : (
    <Badge>{proof}</Badge>
  );
}

function isIn<Key extends string>(tones: Readonly<Record<Key, Tone>>, key: string): key is Key {
  return Object.hasOwn(tones, key);
}
