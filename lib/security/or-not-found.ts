import "server-only";
import { notFound } from "next/navigation";
import { AppError, type ErrorCode } from "@/lib/errors";

/** The record that a page is about; where its verb refuses with this code, the page is one that does not exist. */
export async function orNotFound<T>(code: ErrorCode, record: Promise<T>): Promise<T> {
  try {
    return await record;
  } catch (error) {
    if (error instanceof AppError && error.code === code) notFound();
    throw error;
  }
}
