import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformStack } from "cdktf";
import { readDeployment } from "../../lib/app/read-deployment";
import { kept } from "../../lib/base/collections";
import { effectsOfChange, type ChangeEffects } from "../../lib/terraform/changes/change-effects";
import type { SynthesizedJson } from "../../lib/terraform/changes/stack-changes";
import { deploymentInMemory } from "../../lib/verification/deployment-changes";
import {
  CREATED,
  EXISTING,
  merged,
  type Row,
  ROWS_OF_CREATED,
  ROWS_OF_EXISTING,
} from "../support/deployments/changes-of-properties";
import { type DeploymentJson, LiveStack } from "../support/tools/live-stack";
import { temporaryFolder } from "../support/tools/temporary-folder";
import { describeWithTerraform } from "../support/tools/terraform";

// Each row of the table in docs/changes.md is what Terraform plans. What is announced for the
// rows is compared with the table, and with the plans: rows whose changes do not meet share one.

const PAGE = readFileSync(join(__dirname, "..", "..", "docs", "changes.md"), "utf8");

const parse = (deployment: DeploymentJson): ReturnType<typeof readDeployment> =>
  readDeployment({ entraIdBackup: JSON.parse(JSON.stringify(deployment)) }, "the test");
const stacks = new Map<string, SynthesizedJson>();
/** The stack of a deployment, synthesized once. */
const stackOf = (deployment: DeploymentJson): SynthesizedJson =>
  kept(
    stacks,
    JSON.stringify(deployment),
    () => TerraformStack.of(deploymentInMemory(parse(deployment))).toTerraform() as SynthesizedJson,
  );

const effects = new Map<string, ChangeEffects>();
/** What a change of a deployment does, judged once: each row is compared with the page and with a plan. */
const effectsOf = (before: DeploymentJson, after: DeploymentJson): ChangeEffects =>
  kept(effects, JSON.stringify([before, after]), () => effectsOfChange(stackOf(before), stackOf(after)));

/** What becomes of each resource that changes, by its address. */
type Actions = ReadonlyMap<string, string>;

const actionsOf = ({ changes }: ChangeEffects): Actions =>
  new Map(changes.map(({ address, action }) => [address, action]));
const inOrder = (actions: Actions): string[] => [...actions].map((entry) => entry.join(" ")).sort();

/** Rows whose changes one plan shows: the changes of all together are those of each. */
interface Batch {
  readonly titles: string[];
  readonly deployment: DeploymentJson;
  readonly actions: Actions;
}

function batchesOf(base: DeploymentJson, rows: readonly Row[]): Batch[] {
  const batches: Batch[] = [];
  for (const [title, change] of rows) {
    const actions = actionsOf(effectsOf(base, merged(base, change)));
    const index = batches.findIndex((batch) => {
      const meet = [...actions].some(
        ([address, action]) => (batch.actions.get(address) ?? action) !== action,
      );
      if (meet) return false;
      const both = new Map([...batch.actions, ...actions]);
      try {
        const together = effectsOf(base, merged(batch.deployment, change));
        // Terraform refuses some rows together: a disk that is kept, in a group that is replaced.
        return together.refused.length === 0 && inOrder(actionsOf(together)).join() === inOrder(both).join();
      } catch {
        // Two rows that are not valid together.
        return false;
      }
    });
    const {
      titles,
      deployment,
      actions: known,
    } = batches[index] ?? { titles: [], deployment: base, actions: [] };
    const batch = {
      titles: [...titles, title],
      deployment: merged(deployment, change),
      actions: new Map([...known, ...actions]),
    };
    if (index < 0) batches.push(batch);
    else batches[index] = batch;
  }
  return batches;
}

describe.each([
  ["everything is created", CREATED, ROWS_OF_CREATED],
  ["the network exists", EXISTING, ROWS_OF_EXISTING],
])("changes of properties where %s", (_where, base, rows) => {
  test.each(rows)("%s is announced as the table has it", (title, change) => {
    const { changes, interrupted, refused } = effectsOf(base, merged(base, change));
    const [does, interrupts] = PAGE.split("\n")
      .map((line) => line.split("|").map((cell) => cell.trim()))
      .filter((cells) => cells[1] === title)
      .map((cells) => [cells[2], cells[3]])[0];
    expect(interrupts.startsWith("nothing")).toBe(interrupted.length === 0);
    for (const action of new Set(changes.map((one) => one.action))) {
      expect(does).toMatch(
        action === "forget" ? /deletes/ : new RegExp(`${action}s|creates or deletes|or the reverse`),
      );
    }
    if (changes.length === 0) expect(does).toMatch(/nothing|moves the state|where/);
    if (refused.length > 0) expect(does).toMatch(/refuse/);
  });
});

describeWithTerraform("changes of properties", () => {
  const folder = temporaryFolder("veeam-properties-");
  const live = new LiveStack(folder.path);
  afterEach(() => live.forget());
  afterAll(folder.remove);

  test.each([
    ["everything is created", CREATED, ROWS_OF_CREATED],
    ["the network exists", EXISTING, ROWS_OF_EXISTING],
  ])("are planned as they are announced where %s", (_where, base, rows) => {
    live.write(base);
    live.apply();
    const batches = batchesOf(base, rows);
    console.log(`${rows.length} rows in ${batches.length} plans`);
    for (const { titles, deployment, actions } of batches) {
      live.write(deployment);
      // The state is still that of the apply.
      expect([titles, inOrder(live.plannedActions("-refresh=false"))]).toEqual([titles, inOrder(actions)]);
    }
  });
});
