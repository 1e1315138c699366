import { join } from "node:path";
import type { Explanation } from "../../lib/proof/explain";
import { veeamPorts } from "../support/tools/fake-io";

// Files of people who do this job, each trimmed to what once had a wrong answer.

const CASES = join(__dirname, "..", "fixtures", "cases");
const paths = (args: string) =>
  args.split(" ").map((word) => (word.endsWith(".json") ? join(CASES, word) : word));
const [HOLDS, DOES_NOT_HOLD, UNUSABLE] = [0, 1, 2];

async function explain(connection: string, files: string) {
  const [, from, to, port] = /^(\S+) -> (\S+):(\d+)$/.exec(connection) ?? [];
  const { out, err, exitCode } = await veeamPorts([
    ..."explain --json --from".split(" "),
    from,
    "--to",
    to,
    "--port",
    port,
    ...paths(files),
  ]);
  return exitCode === UNUSABLE ? { err, exitCode } : { ...(JSON.parse(out) as Explanation), err, exitCode };
}

test.each<[string, string, string, string, string?]>([
  [
    "a subnet is given only by its id, so that its prefix is not known",
    "10.0.1.4 -> 10.0.2.5:22",
    "c48.tf.json",
    "depends",
    "whether 10.0.1.4 is in snet-a",
  ],
  [
    "several lists of networks",
    "10.0.1.4 -> 10.1.1.4:22",
    "c38-all.json --subnets c38-va.json --subnets c38-vb.json",
    "deny",
  ],
  ["one list with all networks", "10.0.1.4 -> 10.1.1.4:22", "c38-all.json --subnets c38-v.json", "deny"],
  [
    "a list of networks that lacks one",
    "10.0.1.4 -> 10.1.1.4:22",
    "c38-all.json --subnets c38-vb.json",
    "depends",
    "whether 10.0.1.4 is in snet-a",
  ],
  ["networks are not peered", "10.0.1.4 -> 10.1.1.4:22", "c8-nsgs.json --subnets c8-unpeered.json", "deny"],
  ["networks are peered", "10.0.1.4 -> 10.1.1.4:22", "c8-nsgs.json --subnets c8-peered.json", "allow"],
  ["PowerShell writes the list", "10.9.0.7 -> snet-a:22", "c5-ps.json", "allow"],
  ["Resource Graph writes the list", "10.9.0.7 -> snet-a:22", "c6-graph.json", "allow"],
  ["other resources are in the list", "10.9.0.7 -> snet-a:22", "c6-mixed.json", "allow"],
  [
    "interfaces are listed: one with a group",
    "10.9.9.9 -> 10.0.1.4:443",
    "c37-nsgs.json c37-nics.json --subnets c37-vnets.json",
    "deny",
  ],
  [
    "interfaces are listed: one without",
    "10.9.9.9 -> 10.0.1.5:443",
    "c37-nsgs.json c37-nics.json --subnets c37-vnets.json",
    "allow",
  ],
])("%s", async (...[, connection, files, verdict, doubt]) => {
  const explanation = await explain(connection, files);
  expect(explanation).toMatchObject({ verdict, exitCode: verdict === "allow" ? HOLDS : DOES_NOT_HOLD });
  const names = "dependsOn" in explanation ? explanation.dependsOn : [];
  if (doubt === undefined) expect(names).toEqual([]);
  else expect(names.join("\n")).toContain(doubt);
});

test.each<[string, string, number, string]>([
  [
    "lists contradict each other",
    "--deployment dep.json --subnets vn_null.json nsg.json",
    UNUSABLE,
    "has no group in",
  ],
  ["lists say the same", "--deployment dep.json --subnets vnets.json nsg.json", HOLDS, "Holds"],
  ["a state is as described", "--deployment dep.json state.json", HOLDS, "Holds"],
])("verify: %s", async (_, files, code, text) => {
  const { out, err, exitCode } = await veeamPorts(["verify", ...paths(files)]);
  expect([exitCode, out + err]).toEqual([code, expect.stringContaining(text)]);
});

test("service tags as the Azure CLI lists them are read, and an empty state is told", async () => {
  const query = "explain --from 20.33.128.7 --to snet-a --port 22 --service-tags c39-az-tags.json c5-ps.json";
  expect((await veeamPorts(paths(query))).exitCode).toBe(DOES_NOT_HOLD);
  const { exitCode, err } = await veeamPorts(paths("explain --from * --to a c16-empty.json"));
  expect([exitCode, err]).toEqual([UNUSABLE, expect.stringContaining("is an empty state")]);
});
