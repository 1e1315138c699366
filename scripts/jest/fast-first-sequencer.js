const { default: Sequencer } = require("@jest/test-sequencer");

// A mistake in the code should show before what takes long: random cases of
// the engine, then real tools.
const RANDOM = /__tests__\/(proof\/(oracle|faults|diff)|synthesized\/.*)\.test\.ts$/;
const REAL_TOOLS = /__tests__\/deploy\/|\.(browser|integration)\.test\.ts$/;

const slowness = ({ path }) => (REAL_TOOLS.test(path) ? 2 : RANDOM.test(path) ? 1 : 0);

module.exports = class FastFirstSequencer extends Sequencer {
  sort(tests) {
    return super
      .sort([...tests])
      .map((test, index) => ({ test, index }))
      .sort((a, b) => slowness(a.test) - slowness(b.test) || a.index - b.index)
      .map(({ test }) => test);
  }
};
