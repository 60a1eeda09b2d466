// Lets Node run our TypeScript in this very process: `node --import ./scripts/tsx.mjs scripts/x.ts`.
// The command `tsx` would put another process between the terminal and ours, and signals would reach both.
import { fileURLToPath } from "node:url";
import { register } from "tsx/esm/api";

register({ tsconfig: fileURLToPath(new URL("./tsconfig.json", import.meta.url)) });
