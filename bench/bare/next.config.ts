import { join } from "node:path";
import type { NextConfig } from "next";

/** The yardstick: the same Next with one page, one route and one query, and nothing of ours. */
const config: NextConfig = {
  turbopack: { root: join(import.meta.dirname, "../..") },
  poweredByHeader: false,
};
export default config;
