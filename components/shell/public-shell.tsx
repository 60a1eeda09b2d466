import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Check } from "@/components/ui/icons";
import { Tips } from "@/components/ui/tips";
import { Toaster } from "@/components/ui/toaster";
import { Logo } from "./logo";

export interface PublicShellProps {
  title: ReactNode;
  description?: ReactNode;
  /** Under the form: "No account yet?". */
  footer?: ReactNode;
  /** Top right: the language. */
  corner?: ReactNode;
  children: ReactNode;
}

/** The frame of pages without a session: sign in, sign up, invitation, second factor. */
export function PublicShell({ title, description, footer, corner, children }: PublicShellProps) {
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(0,1fr)_minmax(0,1.05fr)]">
      <Picture />
      <div className="flex min-h-dvh flex-col bg-surface px-5 py-6 sm:px-10">
        <header className="flex h-11 items-center justify-between">
          <Logo className="lg:invisible" />
          {corner}
        </header>
        <main className="mx-auto flex w-full max-w-100 flex-1 flex-col justify-center py-8">
          <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
          {description && <p className="mt-1.5 text-ink-soft">{description}</p>}
          <div className="mt-7">{children}</div>
          {footer && <div className="mt-7 text-sm text-ink-soft">{footer}</div>}
        </main>
      </div>
      <Toaster />
      <Tips />
    </div>
  );
}

function Picture() {
  const t = useTranslations("shell.public");
  return (
    <aside
      data-scheme="dark"
      className="relative flex flex-col justify-between overflow-hidden bg-[oklch(0.29_0.052_215)] p-12 text-ink max-lg:hidden xl:p-16"
    >
      <Lenses />
      <Logo className="relative" />
      <div className="relative max-w-112">
        <p className="text-3xl font-semibold tracking-tight text-balance">{t("headline")}</p>
        <p className="mt-3 text-lg text-ink-soft text-pretty">{t("pitch")}</p>
        <ul className="mt-8 flex flex-col gap-3.5">
          {(["pointSale", "pointCash", "pointPrivacy"] as const).map((point) => (
            <li key={point} className="flex items-start gap-3">
              <span className="mt-0.5 grid size-5 shrink-0 place-items-center rounded-full bg-brand text-on-brand">
                <Check aria-hidden className="size-3.5" strokeWidth={2.5} />
              </span>
              {t(point)}
            </li>
          ))}
        </ul>
      </div>
    </aside>
  );
}

/** The mark, large: rings of two lenses and the light in their overlap. */
function Lenses() {
  return (
    <svg
      viewBox="0 0 600 800"
      aria-hidden="true"
      preserveAspectRatio="xMaxYMid slice"
      className="absolute inset-0 size-full text-brand"
    >
      <defs>
        <radialGradient id="lens-light" cx="50%" cy="50%" r="50%">
          <stop offset="0" stopColor="currentColor" stopOpacity="0.3" />
          <stop offset="1" stopColor="currentColor" stopOpacity="0" />
        </radialGradient>
      </defs>
      <ellipse cx="470" cy="300" rx="420" ry="300" fill="url(#lens-light)" />
      <g fill="none" stroke="currentColor">
        {[300, 258, 216].map((radius, index) => (
          <g key={radius} strokeOpacity={0.26 - index * 0.07} strokeWidth="1.5">
            <circle cx="520" cy="140" r={radius} />
            <circle cx="520" cy="470" r={radius} />
          </g>
        ))}
      </g>
    </svg>
  );
}
