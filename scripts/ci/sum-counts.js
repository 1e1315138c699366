const { existsSync, readdirSync, readFileSync } = require("node:fs");
const { join } = require("node:path");

// sum-counts.js FOLDER [FAILED STEP...]: one line for all steps of a run. A step
// that failed before or beside its tests counts as a failed test.
const [folder, ...failedSteps] = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };
for (const file of readdirSync(folder)) {
  const counts = JSON.parse(readFileSync(join(folder, file), "utf8"));
  for (const what of Object.keys(total)) total[what] += counts[what];
}
for (const step of failedSteps) {
  const file = join(folder, `${step}.json`);
  if (!existsSync(file) || JSON.parse(readFileSync(file, "utf8")).failed === 0) total.failed += 1;
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
