import type { NextRequest } from "next/server";

/** How a file for spreadsheets is asked for: a workbook with `?format=xlsx`, CSV otherwise. */
export function formatOf(request: NextRequest): "csv" | "xlsx" {
  return request.nextUrl.searchParams.get("format") === "xlsx" ? "xlsx" : "csv";
}
