// The tests that draw random cases draw the same ones for every mutant, and
// fewer of them: a mutant that survives has run them all.
process.env.PROPERTY_SEED ??= "5";
process.env.PROPERTY_RUNS ??= "0.3";

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  plugins: ["./scripts/mutation/in-process-runner.mjs"],
  testRunner: "in-process",
  testRunnerNodeArgs: ["--import", "tsx"],
  inProcess: {
    // The engine's own tests, and those of the flows that it documents.
    tests: [
      "__tests__/proof",
      "__tests__/plan",
      "__tests__/azure/sets",
      "__tests__/features.test.ts",
      "__tests__/synthesized/exactly-the-features.property.test.ts",
      "__tests__/synthesized/exactly-the-flows.property.test.ts",
    ],
  },
  coverageAnalysis: "perTest",
  mutate: ["lib/proof/**/*.ts", "lib/plan/flows/**/*.ts", "lib/plan/rules/**/*.ts", "lib/azure/sets/**/*.ts"],
  ignorePatterns: ["dist", "dist-cdktn", "docs", "examples", "cdktf.out", "coverage", "reports"],
  reporters: ["progress-append-only", "clear-text", "html", "json"],
  clearTextReporter: {
    allowColor: false,
    logTests: false,
    reportTests: false,
  },
  htmlReporter: { fileName: "reports/mutation/index.html" },
  jsonReporter: { fileName: "reports/mutation/mutation.json" },
  tempDirName: "reports/stryker",
  concurrency: 2,
  timeoutMS: 8_000,
  timeoutFactor: 1.5,
  warnings: { unknownOptions: false },
  thresholds: {
    high: 95,
    low: 92,
    break: 90,
  },
};
