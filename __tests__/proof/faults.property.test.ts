import { prove } from "../../lib/proof/prove";
import { bruteForceEnd } from "../support/oracle/nsg-brute-force";
import type { NsgCase } from "../support/oracle/nsg-cases";
import { mutantsOf, randomDeployment } from "../support/oracle/nsg-deployments";
import { isConfirmed } from "../support/oracle/nsg-example";
import { runs, SEED } from "../support/arbitraries/property-settings";

/** Whether some end allows more or less than the flows, by the oracle. */
function isChanged({ network, flows }: NsgCase): boolean {
  return network.endpoints.some((endpoint) =>
    (["Inbound", "Outbound"] as const).some((direction) => {
      const { missing, excess } = bruteForceEnd(endpoint, direction, flows, network);
      return missing.size + excess.size > 0;
    }),
  );
}

const SEEDS = Array.from({ length: runs(10).numRuns }, (_, index) => SEED + index);

describe.each(SEEDS)("deployment %d", (seed) => {
  const { network, flows } = randomDeployment(seed);

  it("holds exactly its flows before any fault", () => {
    expect(prove(flows, network)).toMatchObject({ holds: true, shadowedRules: [], rulesWithoutFlow: [] });
  });

  it("is found out with every fault that changes what its ends allow, and with no other", () => {
    let changed = 0;
    for (const { fault, network: faulty } of mutantsOf(network)) {
      const proof = prove(flows, faulty);
      const isFaulty = isChanged({ network: faulty, flows });
      expect({ fault, holds: proof.holds }).toEqual({ fault, holds: !isFaulty });
      for (const finding of [...proof.missing, ...proof.excess]) {
        expect({ fault, finding, isConfirmed: isConfirmed(finding, flows, faulty) }).toMatchObject({
          isConfirmed: true,
        });
      }
      if (isFaulty) changed++;
    }
    // A rule dropped, a prefix or a range widened: most faults change something.
    expect(changed).toBeGreaterThan(10);
  });
});
