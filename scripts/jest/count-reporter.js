/** Ends a run with one line that counts all tests; a suite that cannot run counts as a failed test. */
module.exports = class CountReporter {
  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, numPendingTests, numTodoTests } =
      results;
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    const skipped = numPendingTests + numTodoTests;
    // Jest's own summary comes after every reporter, so the line waits for the end of the process.
    process.on("exit", () => {
      process.stdout.write(`\n${numPassedTests} passed, ${failed} failed, ${skipped} skipped\n`);
    });
  }
};
