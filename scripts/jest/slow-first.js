const { default: TestSequencer } = require("@jest/test-sequencer");

// Jest starts with the files that took longest in earlier runs. A fresh clone has no earlier run:
// it starts with the projects whose files take longest, so that no long file is left for the end.
const SLOW_FIRST = ["boot", "packages", "tools", "deploy", "property", "unit"];

/** Rank of a test file's project; that of CDK Terrain has the name of its engine at its end. */
const rank = ({ context }) => SLOW_FIRST.indexOf(context.config.displayName.name.replace(/-.*/, ""));

module.exports = class SlowFirst extends TestSequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const isKnown = sorted.some(({ duration }) => typeof duration === "number");
    return isKnown ? sorted : sorted.sort((one, other) => rank(one) - rank(other));
  }
};
