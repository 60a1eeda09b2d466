"use client";

import { type ReactNode, useEffect, useRef } from "react";

/** Words that take the focus as they appear, where what held it is gone: the next thing read is they. */
export function Arriving({ children }: { children: ReactNode }) {
  const words = useRef<HTMLSpanElement>(null);
  useEffect(() => words.current?.focus(), []);
  return (
    <span ref={words} tabIndex={-1} className="outline-none">
      {children}
    </span>
  );
}
