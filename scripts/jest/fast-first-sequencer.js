const { default: Sequencer } = require("@jest/test-sequencer");

// Tests that start real tools take long; a mistake in the code should show before them.
const SLOW = /__tests__\/terraform\/|\.(browser|integration)\.test\.ts$/;

module.exports = class FastFirstSequencer extends Sequencer {
  sort(tests) {
    return super
      .sort([...tests])
      .map((test, index) => ({ test, index, slow: SLOW.test(test.path) ? 1 : 0 }))
      .sort((a, b) => a.slow - b.slow || a.index - b.index)
      .map(({ test }) => test);
  }
};
