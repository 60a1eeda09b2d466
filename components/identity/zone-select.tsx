"use client";

import { useEffect, useRef } from "react";
import { Select } from "@/components/ui/select";

interface ZoneSelectProps {
  zones: readonly { value: string; label: string }[];
  /** What was chosen before; without it, the zone of this device. */
  chosen: string | undefined;
}

/** The time zone of a branch, guessed from the clock of the device. */
export function ZoneSelect({ zones, chosen }: ZoneSelectProps) {
  const select = useRef<HTMLSelectElement>(null);

  useEffect(() => {
    const guess = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!chosen && select.current && zones.some(({ value }) => value === guess)) select.current.value = guess;
  }, [zones, chosen]);

  return <Select ref={select} size="lg" options={zones} defaultValue={chosen ?? zones[0]?.value} />;
}
