import { ClientMessages } from "@/lib/i18n";

/** The yardstick of client JavaScript: nothing but the root layout and the message provider. In benchmark builds only. */
export default function EmptyPage() {
  return <ClientMessages namespaces={["common"]}>{null}</ClientMessages>;
}
