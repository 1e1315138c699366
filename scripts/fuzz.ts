/**
 * Compares the engine's proofs, explanations and differences with the oracle on random cases.
 *
 *   npm run fuzz                 100,000 cases of a fresh seed
 *   npm run fuzz -- SEED COUNT   the same cases again, or a number of one's own
 */
import {
  disagreementsOfExplanation,
  disagreementsOfProof,
  randomQuery,
} from "../__tests__/support/oracle/nsg-check";
import { disagreementsOfDiff, randomPair } from "../__tests__/support/oracle/nsg-diff-check";
import { randomCase } from "../__tests__/support/oracle/nsg-cases";
import { Random } from "../__tests__/support/arbitraries/random";

const [seed = Math.floor(Math.random() * 2 ** 32), count = 100_000] = process.argv.slice(2).map(Number);
console.log(`seed ${seed}, ${count} cases`);
let disagreements = 0;
for (let index = 0; index < count; index++) {
  const { question, found } = disagreementsAt(seed + index);
  if (found.length === 0) continue;
  disagreements++;
  console.log(`case ${seed + index} (npm run fuzz -- ${seed + index} 1): ${question}`);
  found.forEach((line) => console.log(`  ${line}`));
  if (disagreements >= 20) break;
}
console.log(`${disagreements} disagreements`);
process.exitCode = disagreements === 0 ? 0 : 1;

/** One case: half of them explanations, which look at few packets, the others proofs and a few differences, which look at many. */
function disagreementsAt(caseSeed: number): { question: string; found: string[] } {
  const random = new Random(caseSeed);
  const kind = random.next();
  if (kind < 0.05) return { question: "difference", found: disagreementsOfDiff(...randomPair(random)) };
  const made = randomCase(random);
  if (kind < 0.5) return { question: "proof", found: disagreementsOfProof(made) };
  const query = randomQuery(random);
  return { question: JSON.stringify(query), found: disagreementsOfExplanation(query, made.network) };
}
