import type { ReactNode } from "react";
import { ClientMessages } from "@/lib/i18n";

export default function PublicLayout({ children }: { children: ReactNode }) {
  return <ClientMessages>{children}</ClientMessages>;
}
