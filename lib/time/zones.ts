/**
 * Time zones of Chile (IANA). Aysén left Santiago's clock in 2025 (tzdata 2025b), Magallanes in 2017;
 * the laws move the changes, so offsets are never written in code.
 */
export const chileanZones = [
  "America/Santiago",
  "America/Coyhaique",
  "America/Punta_Arenas",
  "Pacific/Easter",
] as const;

export type ChileanZone = (typeof chileanZones)[number];
