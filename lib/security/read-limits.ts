import "server-only";
import { limit } from "./rate-limit";

/**
 * Searches: 6 000 a person in a minute, 100 a second all minute long. Nobody types or scans that fast, so no till is ever
 * refused; a program that reads a shop out by searching is.
 *
 * @throws AppError `rate.limited`
 */
export function limitSearch(userId: string): Promise<void> {
  return limit({ name: "search", key: userId, max: 6_000, perSeconds: 60, kind: "read" });
}

/** Files of whole lists: 60 a person in 10 minutes. @throws AppError `rate.limited` */
export function limitExports(userId: string): Promise<void> {
  return limit({ name: "exports", key: userId, max: 60, perSeconds: 600, kind: "read" });
}

/** PDFs: 300 a person in 10 minutes, more than a full till prints. @throws AppError `rate.limited` */
export function limitPdfs(userId: string): Promise<void> {
  return limit({ name: "pdfs", key: userId, max: 300, perSeconds: 600, kind: "read" });
}
