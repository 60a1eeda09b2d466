export { type AuditObject, auditActions, auditObjects } from "./actions";
export { describeEntry, type ToldEntry } from "./describe-entry";
export { type AuditEntry, type AuditPage, listEntries } from "./list-entries";
export { type AuditQuery, auditQuery } from "./schema";
