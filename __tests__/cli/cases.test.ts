import { join } from "node:path";
import type { Explanation } from "../../lib/proof/explain";
import { ExitCode } from "../../lib/cli/exit-code";
import { veeamPorts } from "../support/tools/fake-io";

// Files of people who do this job, each trimmed to what once had a wrong answer.

const CASES = join(__dirname, "..", "fixtures", "cases");
const words = (line: string) =>
  line.split(" ").map((word) => (word.endsWith(".json") ? join(CASES, word) : word));

async function explain(connection: string, files: string) {
  const [, from, to, port] = /^(\S+) -> (\S+):(\d+)$/.exec(connection) ?? [];
  const asked = ["explain", "--json", "--from", from, "--to", to, "--port", port];
  const { out, exitCode } = await veeamPorts([...asked, ...words(files)]);
  const { verdict, dependsOn } = JSON.parse(out) as Explanation;
  return { verdict, dependsOn, exitCode };
}

test.each([
  [
    "a subnet is given by its id, so that its prefix is not known",
    "10.0.1.4 -> 10.0.2.5:22",
    "c48.tf.json",
    "depends",
    "whether 10.0.1.4 is in snet-a",
  ],
  [
    "there are several lists of networks",
    "10.0.1.4 -> 10.1.1.4:22",
    "c38-all.json --subnets c38-va.json --subnets c38-vb.json",
    "deny",
    "",
  ],
  ["one list has all networks", "10.0.1.4 -> 10.1.1.4:22", "c38-all.json --subnets c38-v.json", "deny", ""],
  [
    "the list of networks lacks one",
    "10.0.1.4 -> 10.1.1.4:22",
    "c38-all.json --subnets c38-vb.json",
    "depends",
    "whether 10.0.1.4 is in snet-a",
  ],
  ["a subnet and its group are made with azapi", "10.0.1.4 -> 10.0.2.5:443", "c2-state.json", "deny", ""],
  [
    "a scale set has a group",
    "10.0.1.4 -> 10.0.2.5:443",
    "c3-state.json",
    "depends",
    "whether the destination is vmss-web nic",
  ],
  [
    "a module may attach a group",
    "10.0.1.4 -> 10.0.2.5:22",
    "c32.tf.json",
    "depends",
    "whether module.attach attaches a group to snet-b",
  ],
  [
    "a module may add rules",
    "198.51.100.7 -> 10.0.1.5:22",
    "c32c.tf.json",
    "depends",
    "whether module.rules adds rules to azurerm_network_security_group.g",
  ],
  ["groups are not applied to a private endpoint", "10.0.1.4 -> 10.0.2.5:443", "c1-state.json", "allow", ""],
  [
    "networks are not peered",
    "10.0.1.4 -> 10.1.1.4:22",
    "c8-nsgs.json --subnets c8-unpeered.json",
    "deny",
    "",
  ],
  ["networks are peered", "10.0.1.4 -> 10.1.1.4:22", "c8-nsgs.json --subnets c8-peered.json", "allow", ""],
  [
    "the subnet of an association is the only one of its network",
    "10.9.0.9 -> 10.0.1.5:22",
    "c12-tolist.tf.json",
    "deny",
    "",
  ],
  ["the same, with a rule that allows", "10.9.0.9 -> 10.0.1.5:22", "c12b.tf.json", "allow", ""],
  [
    "a dynamic block has values known only at apply",
    "203.0.113.9 -> 10.0.1.5:443",
    "c4-ii-plan.json",
    "depends",
    "azurerm_network_security_group.g.security_rule[0], known only at apply",
  ],
  [
    "one source of a dynamic block is known only at apply",
    "203.0.113.9 -> 10.0.1.5:443",
    "c4-iii-plan.json",
    "allow",
    "",
  ],
  [
    "all rules are known only at apply",
    "8.8.8.8 -> a:22",
    "dyn1.json",
    "depends",
    "azurerm_network_security_group.na.security_rule, known only at apply",
  ],
  ["PowerShell writes the list", "10.9.0.7 -> snet-a:22", "c5-ps.json", "allow", ""],
  ["Resource Graph writes the list", "10.9.0.7 -> snet-a:22", "c6-graph.json", "allow", ""],
  ["other resources are in the list", "10.9.0.7 -> snet-a:22", "c6-mixed.json", "allow", ""],
  [
    "an interface has a group",
    "10.9.9.9 -> 10.0.1.4:443",
    "c37-nsgs.json c37-nics.json --subnets c37-vnets.json",
    "deny",
    "",
  ],
  [
    "an interface has no group",
    "10.9.9.9 -> 10.0.1.5:443",
    "c37-nsgs.json c37-nics.json --subnets c37-vnets.json",
    "allow",
    "",
  ],
  ["an association is not made", "8.8.8.8 -> a:22", "cnt.json", "allow", ""],
  ["a peering brings addresses", "30.0.0.5 -> a:3389", "cnt-default.json --subnets az_pv.json", "allow", ""],
])("explain: %s", async (_, connection, files, verdict, doubt) => {
  expect(await explain(connection, files)).toEqual({
    verdict,
    dependsOn: doubt === "" ? [] : (expect.arrayContaining([doubt]) as string[]),
    exitCode: verdict === "allow" ? ExitCode.HOLDS : ExitCode.DOES_NOT_HOLD,
  });
});

test.each([
  ["a group of azapi changes", "c2-state.json c2b-state.json", "+ "],
  ["the group of a scale set changes", "c3-state.json c3b-state.json", "+ 10.0.1.0/24 -> vmss-web nic"],
  ["public addresses join the network", "d_v1.json d_v2.json", "+ 30.0.0.0/16 -> 10.0.1.0/24"],
  ["private addresses join the network", "d_v1.json d_v3.json", "+ 10.50.0.0/16 -> 10.0.1.0/24"],
  ["a peering appears", "d_v1.json d_v4.json", "is peered with"],
  [
    "an interface joins an application security group",
    "d_asg1.json d_asg2.json",
    "+ 10.0.2.4/32 -> 10.0.1.0/24, TCP port 443",
  ],
  ["groups are no longer applied to private endpoints", "d_pe1.json d_pe2.json", "+ "],
  ["an association is no longer made", "cnt2.json cnt.json", "+ "],
])("diff: %s", async (_, files, text) => {
  const { out, exitCode } = await veeamPorts(["diff", ...words(files)]);
  expect([exitCode, out]).toEqual([ExitCode.DOES_NOT_HOLD, expect.stringContaining(text)]);
});

test.each([
  ["a plan is not complete", "dep.json plan_target.json", ExitCode.DOES_NOT_HOLD, "is not complete"],
  ["a state lacks the subnets", "dep.json st_nosub.json", ExitCode.DOES_NOT_HOLD, "which addresses subnet"],
  [
    "lists contradict each other",
    "dep.json --subnets vn_null.json nsg.json",
    ExitCode.UNUSABLE,
    "no group in",
  ],
  [
    "a rule of ours in another team's group is wider",
    "dep_shared.json shared_true.json",
    ExitCode.DOES_NOT_HOLD,
    "allow-in-backup-server-to-cache-repository-of",
  ],
  ["lists say what is described", "dep.json --subnets vnets.json nsg.json", ExitCode.HOLDS, "Verified"],
  ["a state says what is described", "dep.json state.json", ExitCode.HOLDS, "Verified"],
])("verify: %s", async (_, files, code, text) => {
  const { out, err, exitCode } = await veeamPorts(["verify", "--deployment", ...words(files)]);
  expect([exitCode, out + err]).toEqual([code, expect.stringContaining(text)]);
});

test("service tags as the Azure CLI lists them are read, and an empty state is reported", async () => {
  const tags = "explain --from 20.33.128.7 --to snet-a --port 22 --service-tags c39-az-tags.json c5-ps.json";
  expect((await veeamPorts(words(tags))).exitCode).toBe(ExitCode.DOES_NOT_HOLD);
  const { exitCode, err } = await veeamPorts(words("explain --from * --to a c16-empty.json"));
  expect([exitCode, err]).toEqual([ExitCode.UNUSABLE, expect.stringContaining("is an empty state")]);
});
