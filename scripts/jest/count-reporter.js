const { writeFileSync } = require("node:fs");

/**
 * Counts all tests of a run; a suite that cannot run counts as a failed test.
 * The counts go into the file that TEST_COUNTS names, or end the output as a line.
 */
module.exports = class CountReporter {
  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, numPendingTests, numTodoTests } =
      results;
    const counts = {
      passed: numPassedTests,
      failed: numFailedTests + numRuntimeErrorTestSuites,
      skipped: numPendingTests + numTodoTests,
    };
    if (process.env.TEST_COUNTS) {
      writeFileSync(process.env.TEST_COUNTS, JSON.stringify(counts));
      return;
    }
    const line = Object.entries(counts)
      .map(([what, count]) => `${count} ${what}`)
      .join(", ");
    // Jest's own summary comes after every reporter, so the line waits for the end of the process.
    process.on("exit", () => process.stdout.write(`\n${line}\n`));
  }
};
