"use client";

import { ButtonLink } from "@/components/ui/button";
import { LogoMark } from "./logo";

/** In the browser's part, so that a page that was found carries three texts of it and no markup. */
export function NotFoundMessage({
  title,
  description,
  home,
}: {
  title: string;
  description: string;
  home: string;
}) {
  return (
    <div className="mx-auto flex min-h-[70dvh] max-w-112 flex-col items-center justify-center px-6 py-16 text-center">
      <LogoMark className="mb-5 size-12" />
      <h1 className="text-xl font-semibold">{title}</h1>
      <p className="mt-1.5 text-ink-soft">{description}</p>
      <ButtonLink href="/" variant="primary" className="mt-6">
        {home}
      </ButtonLink>
    </div>
  );
}
