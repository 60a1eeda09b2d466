export { addDays, businessDate, dayBounds } from "./business-day";
export { formatDay, formatInstant, localInstant } from "./format";
export { type ChileanZone, chileanZones } from "./zones";
