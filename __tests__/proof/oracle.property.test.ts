import { randomCase, unknownsIn } from "../support/oracle/nsg-cases";
import { disagreementsOfExplanation, disagreementsOfProof, randomQuery } from "../support/oracle/nsg-check";
import { runs, SEED } from "../support/arbitraries/property-settings";
import { Random } from "../support/arbitraries/random";

/** Seeds of this run's cases, the quickest case first: `npm run fuzz` tries many more. */
function casesFrom(seed: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => seed + index)
    .map((one) => ({ seed: one, unknowns: unknownsIn(randomCase(new Random(one))) }))
    .sort((a, b) => a.unknowns - b.unknowns)
    .map((one) => one.seed);
}

describe("the oracle agrees", () => {
  it("with every proof: what is missing, what is in excess, what is sure, what never matches", () => {
    for (const seed of casesFrom(SEED, runs(250).numRuns)) {
      const found = disagreementsOfProof(randomCase(new Random(seed)));
      expect({ seed, found }).toEqual({ seed, found: [] });
    }
  });

  it("with every explanation: the verdict, and the rules that may decide", () => {
    for (const seed of casesFrom(SEED, runs(600).numRuns)) {
      const random = new Random(seed);
      const { network } = randomCase(random);
      for (let i = 0; i < 4; i++) {
        const query = randomQuery(random);
        const found = disagreementsOfExplanation(query, network);
        expect({ seed, query, found }).toEqual({ seed, query, found: [] });
      }
    }
  });
});
