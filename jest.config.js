/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/__tests__"],
  testMatch: ["**/*.test.ts"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
    ],
  },
  moduleNameMapper: {
    "^cdktf-veeam-entra-id$": "<rootDir>/lib/index.ts",
    "^cdktf-veeam-entra-id/testing$": "<rootDir>/lib/testing/index.ts",
  },
  testSequencer: "<rootDir>/scripts/jest/fast-first-sequencer.js",
  reporters: ["default", "<rootDir>/scripts/jest/count-reporter.js"],
  testTimeout: 300_000,
  // By itself Jest leaves a core idle, which is half of a machine with two.
  maxWorkers: "100%",
};
