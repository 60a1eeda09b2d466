"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const FIRST_LOOK_MS = 1_500;
const SLOWEST_LOOK_MS = 15_000;
/** Twenty looks, ever more seldom: after that a person reloads. */
const MOST_LOOKS = 20;

/** Shows the page anew for as long as it stands there, ever more seldom. */
export function PageWatch() {
  const router = useRouter();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const look = (waitMs: number, left: number) => {
      timer = setTimeout(() => {
        router.refresh();
        if (left > 0) look(Math.min(waitMs * 1.5, SLOWEST_LOOK_MS), left - 1);
      }, waitMs);
    };
    look(FIRST_LOOK_MS, MOST_LOOKS);
    return () => clearTimeout(timer);
  }, [router]);
  return null;
}
