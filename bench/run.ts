import { applied } from "./applied";
import { startBare } from "./bare";
import { chaos } from "./chaos/run";
import { pages } from "./pages";
import { policy } from "./policy";
import { sales } from "./sales";
import { openStage, type Stage } from "./stage";
import { webhooks } from "./webhooks";
import { weight } from "./weight";

// npm run bench [-- names]: every promise with a figure, one JSON line each. The pages of the benchmark are built in.
process.env["BENCH"] = "1";
const wanted = process.argv.slice(2);
const wants = (name: string) => wanted.length === 0 || wanted.includes(name);

if (["policy", "weight", "sales", "pages", "webhooks"].some(wants)) {
  const stage = await openStage();
  try {
    await onStage(stage);
  } finally {
    await stage.stop();
  }
}
// These have a product of their own, and end it.
if (wants("applied")) await applied();
if (wants("chaos")) await chaos();

async function onStage(stage: Stage): Promise<void> {
  if (wants("policy")) await policy(stage);
  if (wants("weight")) await weight(stage);
  const bare =
    wants("pages") || wants("webhooks") ? await startBare(stage.environment["DATABASE_URL"] ?? "") : null;
  try {
    // Before the sales: nobody has sold thousands of glasses when a day's figures are looked at.
    if (bare && wants("pages")) await pages(stage, bare);
    if (wants("sales")) await sales(stage);
    if (bare && wants("webhooks")) await webhooks(stage, bare);
  } finally {
    await bare?.stop();
  }
}
