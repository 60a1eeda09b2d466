"use client";

import { useEffect, useRef } from "react";

/** Nobody has read in less what has just come onto the screen. */
const READ_MS = 600;

/**
 * Tells an answer to what is on the screen from a press that was meant for what stood there before: the second half
 * of a double click, an Enter by somebody who lost patience.
 *
 * @param shown another one each time when there is something new to read; null when there is nothing
 * @returns whether a press at this time (`Event.timeStamp`) came too soon
 */
export function useTooSoon(shown: string | number | null): (atMs: number) => boolean {
  const since = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    since.current = shown === null ? Number.NEGATIVE_INFINITY : performance.now();
  }, [shown]);
  return (atMs) => atMs - since.current < READ_MS;
}
