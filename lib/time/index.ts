export { addDays, businessDate, dayBounds } from "./business-day";
export { formatDay, formatInstant } from "./format";
export { type ChileanZone, chileanZones } from "./zones";
