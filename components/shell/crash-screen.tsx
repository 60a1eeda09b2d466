"use client";

import en from "@/lib/i18n/messages/en/crash.json";
import es from "@/lib/i18n/messages/es/crash.json";

export interface CrashScreenProps {
  error: unknown;
  retry: () => void;
}

/** What is left when a page fails. Brings its own few words, because whatever gives the others may be what failed. */
export function CrashScreen({ error, retry }: CrashScreenProps) {
  const text = typeof document !== "undefined" && document.documentElement.lang.startsWith("en") ? en : es;
  const code = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <div className="mx-auto flex min-h-[70dvh] max-w-112 flex-col items-center justify-center px-6 py-16 text-center">
      <svg viewBox="0 0 48 48" aria-hidden="true" className="mb-5 size-12 text-brand-text">
        <g fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round">
          <circle cx="13" cy="26" r="8.5" />
          <circle cx="35" cy="26" r="8.5" />
          <path d="M21.5 25c1.4-1.6 3.6-1.6 5 0M9 27.5l5.5-5M31 29l6.5-6" />
        </g>
      </svg>
      <h1 className="text-xl font-semibold">{text.title}</h1>
      <p className="mt-1.5 text-ink-soft">{text.description}</p>
      <div className="mt-6 flex flex-wrap justify-center gap-3">
        <button
          type="button"
          onClick={retry}
          className="h-(--control) rounded-md bg-brand px-4 font-medium text-on-brand hover:bg-brand-hover"
        >
          {text.retry}
        </button>
        {/* A whole new page on purpose: what failed may be the program that is loaded. */}
        <form action="/">
          <button className="h-(--control) rounded-md border border-line bg-surface px-4 font-medium hover:bg-sunken">
            {text.home}
          </button>
        </form>
      </div>
      {code && (
        <p className="mt-6 text-sm text-ink-faint">
          {text.reference}: <span className="font-mono">{code}</span>
        </p>
      )}
    </div>
  );
}
