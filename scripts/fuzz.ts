/**
 * Compares the engine with the oracle on random cases.
 *
 *   npm run fuzz                 100,000 cases of a fresh seed
 *   npm run fuzz -- SEED COUNT   the same cases again, or a number of one's own
 */
import {
  disagreementsOfExplanation,
  disagreementsOfProof,
  randomQuery,
} from "../__tests__/support/nsg-check";
import { randomCase } from "../__tests__/support/nsg-cases";
import { Random } from "../__tests__/support/random";

const [seed = Math.floor(Math.random() * 2 ** 32), count = 100_000] = process.argv.slice(2).map(Number);
console.log(`seed ${seed}, ${count} cases`);
let disagreements = 0;
for (let index = 0; index < count; index++) {
  const random = new Random(seed + index);
  const made = randomCase(random);
  // A proof looks at many packets, an explanation at few.
  const query = random.chance(0.5) ? randomQuery(random) : undefined;
  const found = query ? disagreementsOfExplanation(query, made.network) : disagreementsOfProof(made);
  if (found.length === 0) continue;
  disagreements++;
  console.log(`case ${seed + index} (npm run fuzz -- ${seed + index} 1)`);
  if (query) console.log(`  ${JSON.stringify(query)}`);
  found.forEach((line) => console.log(`  ${line}`));
  if (disagreements >= 20) break;
}
console.log(`${disagreements} disagreements`);
process.exitCode = disagreements === 0 ? 0 : 1;
