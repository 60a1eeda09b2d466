/** What a server action answers; forms here read nothing else of the rest of the program. */
export type { ActionResult, Problem } from "@/lib/errors";
