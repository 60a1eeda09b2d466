export { type AuditObject, auditActions, auditObjects } from "./actions";
export { type AuditEntry, type AuditPage, listEntries } from "./list-entries";
export { type AuditQuery, auditQuery } from "./schema";
