// The tests that draw random cases draw the same ones for every mutant, and
// fewer of them: each mutant runs them all until one fails.
process.env.PROPERTY_SEED ??= "5";
process.env.PROPERTY_RUNS ??= "0.3";

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  testRunner: "jest",
  jest: {
    configFile: "jest.config.js",
    // All tests below are asked which mutants they reach, not those that Jest takes to be related.
    enableFindRelatedTests: false,
    config: {
      // The engine's own tests, and those of the flows that it documents.
      testMatch: [
        "**/__tests__/policy/*.test.ts",
        "**/__tests__/features.test.ts",
        "**/__tests__/synthesized/exactly-the-*.test.ts",
      ],
      reporters: ["default"],
    },
  },
  coverageAnalysis: "perTest",
  ignoreStatic: true,
  mutate: ["lib/policy/*.ts"],
  ignorePatterns: ["dist", "docs", "examples", "cdktf.out", "coverage", "reports"],
  reporters: ["progress-append-only", "clear-text", "html"],
  clearTextReporter: {
    allowColor: false,
    logTests: false,
    reportTests: false,
  },
  htmlReporter: {
    fileName: "reports/mutation/index.html",
  },
  tempDirName: "reports/stryker",
  incremental: true,
  incrementalFile: "reports/stryker-incremental.json",
  concurrency: 2,
  timeoutMS: 60_000,
  timeoutFactor: 2,
  thresholds: {
    high: 95,
    low: 92,
    break: 90,
  },
};
