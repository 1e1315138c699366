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
  ["a subnet is given only by its id, so that its prefix is not known", "10.0.1.4 -> 10.0.2.5:22", "c48.tf.json", "depends", "whether 10.0.1.4 is in snet-a"],
  ["several lists of networks", "10.0.1.4 -> 10.1.1.4:22", "c38-all.json --subnets c38-va.json --subnets c38-vb.json", "deny"],
  ["one list with all networks", "10.0.1.4 -> 10.1.1.4:22", "c38-all.json --subnets c38-v.json", "deny"],
  ["a list of networks that lacks one", "10.0.1.4 -> 10.1.1.4:22", "c38-all.json --subnets c38-vb.json", "depends", "whether 10.0.1.4 is in snet-a"],
  ["a subnet and its group are made with azapi", "10.0.1.4 -> 10.0.2.5:443", "c2-state.json", "deny"],
  ["a scale set has a group", "10.0.1.4 -> 10.0.2.5:443", "c3-state.json", "depends", "whether the destination is "],
  ["a module may attach a group", "10.0.1.4 -> 10.0.2.5:22", "c32.tf.json", "depends", "module.attach"],
  ["a module may add rules", "198.51.100.7 -> 10.0.1.5:22", "c32c.tf.json", "depends", "module.rules"],
  ["groups are not applied to a private endpoint", "10.0.1.4 -> 10.0.2.5:443", "c1-state.json", "allow"],
  ["networks are not peered", "10.0.1.4 -> 10.1.1.4:22", "c8-nsgs.json --subnets c8-unpeered.json", "deny"],
  ["networks are peered", "10.0.1.4 -> 10.1.1.4:22", "c8-nsgs.json --subnets c8-peered.json", "allow"],
  ["the subnet of an association is the only one of its network", "10.9.0.9 -> 10.0.1.5:22", "c12-tolist.tf.json", "deny"],
  ["a dynamic block has values known only at apply", "203.0.113.9 -> 10.0.1.5:443", "c4-ii-plan.json", "depends", "security_rule"],
  ["one rule of a dynamic block has a source known only at apply", "203.0.113.9 -> 10.0.1.5:443", "c4-iii-plan.json", "allow"],
  ["all rules are known only at apply", "8.8.8.8 -> a:22", "dyn1.json", "depends", "security_rule"],
  ["PowerShell writes the list", "10.9.0.7 -> snet-a:22", "c5-ps.json", "allow"],
  ["Resource Graph writes the list", "10.9.0.7 -> snet-a:22", "c6-graph.json", "allow"],
  ["other resources are in the list", "10.9.0.7 -> snet-a:22", "c6-mixed.json", "allow"],
  ["interfaces are listed: one with a group", "10.9.9.9 -> 10.0.1.4:443", "c37-nsgs.json c37-nics.json --subnets c37-vnets.json", "deny"],
  ["interfaces are listed: one without", "10.9.9.9 -> 10.0.1.5:443", "c37-nsgs.json c37-nics.json --subnets c37-vnets.json", "allow"],
  ["an association is not made", "8.8.8.8 -> a:22", "cnt.json", "allow"],
  ["a peering brings addresses", "30.0.0.5 -> a:3389", "cnt-default.json --subnets az_pv.json", "allow"],
])("%s", async (...[, connection, files, verdict, doubt]) => {
  const explanation = await explain(connection, files);
  expect(explanation).toMatchObject({ verdict, exitCode: verdict === "allow" ? HOLDS : DOES_NOT_HOLD });
  const names = "dependsOn" in explanation ? explanation.dependsOn : [];
  if (doubt === undefined) expect(names).toEqual([]);
  else expect(names.join("\n")).toContain(doubt);
});

test.each<[string, string, string, number]>([
  ["azapi", "c2-state.json c2b-state.json", "", 1],
  ["scale", "c3-state.json c3b-state.json", "", 1],
  ["space public", "d_v1.json d_v2.json", "", 1],
  ["space private", "d_v1.json d_v3.json", "", 1],
  ["peering", "d_v1.json d_v4.json", "", 1],
  ["asg", "d_asg1.json d_asg2.json", "", 1],
  ["pe", "d_pe1.json d_pe2.json", "", 1],
  ["count", "cnt2.json cnt.json", "", 1],
])("diff %s", async (_, files, text, code) => {
  const { out, err, exitCode } = await veeamPorts(["diff", ...paths(files)]);
  console.log(files + "\n" + out + err);
  expect(exitCode).toBe(code);
  expect(out).toContain(text);
});

test.each<[string, string, number, string]>([
  ["target", "--deployment dep.json plan_target.json", DOES_NOT_HOLD, "complete"],
  ["nosub", "--deployment dep.json st_nosub.json", DOES_NOT_HOLD, "subnet"],
  ["contradiction", "--deployment dep.json --subnets vn_null.json nsg.json", UNUSABLE, "has no group"],
  ["shared", "--deployment dep_shared.json shared_true.json", DOES_NOT_HOLD, ""],
  ["right", "--deployment dep.json --subnets vnets.json nsg.json", HOLDS, ""],
  ["right", "--deployment dep.json state.json", HOLDS, ""],
])("verify %s", async (_, files, code, text) => {
  const { out, err, exitCode } = await veeamPorts(["verify", ...paths(files)]);
  if(exitCode!=code) console.log(out+err);
  expect(exitCode).toBe(code);
  expect(out+err).toContain(text);
});
