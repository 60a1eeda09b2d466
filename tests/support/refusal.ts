import { AppError, type ErrorCode } from "@/lib/errors";

/** The code with which the product refused something; what is no refusal fails the test. */
export function refusalCode(error: unknown): ErrorCode {
  if (error instanceof AppError) return error.code;
  throw error;
}
