import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformElement } from "cdktf";
import { propsOfDeployment } from "../lib/app/props";
import { EntraIdBackup } from "../lib/constructs/entra-id-backup";
import { fullDeployment } from "./support/deployments/sample-deployments";
import { newStack, synthesizeStack } from "./support/tools/synthesized";

const FILE = join(__dirname, "fixtures", "contract.txt");

const ON_PURPOSE = `
Construct ids, logical ids, names of resources, and names and priorities of
rules are a contract. Where one changes, Terraform destroys and makes anew
what runs, or every plan shows rules that nobody touched; a line that is only
added breaks nobody.

If the change is meant: write the lines with

  UPDATE_CONTRACT=1 npx jest contract

read the diff of __tests__/fixtures/contract.txt line by line, and say in the
commit what changes for existing deployments (with moveFromId on a
resource whose id changes, Terraform moves it in place of making it anew).
`;

/** Everything of a deployment with everything that others hold on to, one line each. */
function contract(): string[] {
  const stack = newStack();
  const backup = new EntraIdBackup(stack, "backup", propsOfDeployment(fullDeployment()));
  const synthesized = synthesizeStack(stack);
  const constructs = backup.node.findAll().map((construct) => {
    const id = TerraformElement.isTerraformElement(construct) ? ` ${construct.friendlyUniqueId}` : "";
    return `construct ${construct.node.path}${id}`;
  });
  const resources = Object.entries(synthesized.resources).flatMap(([type, byId]) =>
    Object.entries(byId).flatMap(([id, { name }]) =>
      name === undefined ? [] : [`name ${type}.${id} ${String(name)}`],
    ),
  );
  const rules = Object.entries(synthesized.groups).flatMap(([group, { security_rule: list }]) =>
    list.map(({ direction, priority, name }) => `rule ${group} ${direction} ${priority} ${name}`),
  );
  return [constructs, resources, rules].flatMap((lines) => lines.sort());
}

test("ids, names and priorities are what they were", () => {
  const now = contract();
  if (process.env.UPDATE_CONTRACT) writeFileSync(FILE, `${now.join("\n")}\n`);
  const before = readFileSync(FILE, "utf8").trimEnd().split("\n");
  const changes = [
    ...before.filter((line) => !now.includes(line)).map((line) => `- ${line}`),
    ...now.filter((line) => !before.includes(line)).map((line) => `+ ${line}`),
  ];
  if (changes.length > 0) throw new Error(`${changes.join("\n")}\n${ON_PURPOSE}`);
});
