import { explain, type ConnectionQuery } from "../../lib/proof/explain";
import { Verdict, type Network } from "../../lib/proof/network";
import { prove } from "../../lib/proof/prove";
import { runs, SEED } from "../support/arbitraries/property-settings";
import { Random } from "../support/arbitraries/random";
import { randomQuery } from "../support/oracle/nsg-check";
import { randomCase } from "../support/oracle/nsg-cases";
import { resolve, withDoubts } from "../support/oracle/nsg-doubts";

const answer = (query: ConnectionQuery, network: Network): Verdict | undefined => {
  try {
    return explain(query, network).verdict;
  } catch {
    // The question has no answer, whatever is true.
    return undefined;
  }
};

/** What several worlds say together. */
function together(verdicts: readonly (Verdict | undefined)[]): Verdict | undefined {
  return verdicts.every((one) => one === verdicts[0]) ? verdicts[0] : Verdict.DEPENDS;
}

test("a verdict is what all resolutions of its doubts say, or depends", () => {
  for (let index = 0; index < runs(150).numRuns; index++) {
    const seed = SEED + index;
    const random = new Random(seed);
    const { network, facts } = withDoubts(random, randomCase(random).network);
    for (let i = 0; i < 3; i++) {
      const query = randomQuery(random);
      const expected = together(facts.map((fact) => answer(query, resolve(network, fact))));
      expect({ seed, query, verdict: answer(query, network) }).toEqual({ seed, query, verdict: expected });
    }
  }
});

test("a proof misses what is missing in some resolution of its doubts, and no other flow", () => {
  for (let index = 0; index < runs(60).numRuns; index++) {
    const seed = SEED + index;
    const random = new Random(seed);
    const made = randomCase(random);
    const { network, facts } = withDoubts(random, made.network);
    const missingIn = (one: Network) =>
      prove(made.flows, one).missing.map(({ flow, end, endpoint }) => `${flow} ${end} ${endpoint}`);
    const worlds = facts.map((fact) => missingIn(resolve(network, fact)));
    expect({ seed, missing: [...new Set(missingIn(network))].sort() }).toEqual({
      seed,
      missing: [...new Set(worlds.flat())].sort(),
    });
    const holds = worlds.every(({ length }) => length === 0);
    if (!holds) expect(prove(made.flows, network).holds).toBe(false);
  }
});
