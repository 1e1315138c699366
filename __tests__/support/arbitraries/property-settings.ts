// Properties run with another seed each time. A failure prints its seed and
// the way to run it again.

/** The seed of this run: PROPERTY_SEED where it is set. */
export const SEED = Number(process.env.PROPERTY_SEED ?? Date.now() % 2 ** 31);

/** Settings of fast-check for a property of so many runs; PROPERTY_RUNS multiplies them. */
export function runs(numRuns: number): { seed: number; numRuns: number } {
  return { seed: SEED, numRuns: Math.ceil(numRuns * Number(process.env.PROPERTY_RUNS ?? 1)) };
}

beforeAll(() => {
  process.stdout.write(`properties run with PROPERTY_SEED=${SEED}\n`);
});
