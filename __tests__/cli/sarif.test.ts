import { join } from "node:path";
import type { SarifLog } from "../../lib/cli/sarif";
import { Drift } from "../support/oracle/drift";
import { veeamPorts } from "../support/tools/fake-io";
import { smallestDeployment } from "../support/deployments/sample-deployments";

const DEPLOYMENT = {
  ...smallestDeployment(),
  postgresql: { subnet: "10.20.0.32/28" },
  httpProxy: { subnet: "10.20.0.48/28", port: 3128 },
};

async function sarif(drift: Drift, file = "out/cdk tf.json"): Promise<SarifLog> {
  const files = { "cdktf.json": { context: { entraIdBackup: DEPLOYMENT } }, [file]: drift.json };
  return JSON.parse(
    (await veeamPorts(["verify", "--sarif", "--deployment", "cdktf.json", file], files)).out,
  ) as SarifLog;
}

function bent(): Drift {
  const drift = new Drift(DEPLOYMENT);
  drift.rule("postgresql", "allow-in-backup-server-to-postgresql").source_address_prefix = "10.20.0.0/26";
  drift.addRule("backup-server", "deny-all-in", { name: "lockdown", priority: 105 });
  drift.addRule("backup-server", "deny-all-in", { name: "too-late", priority: 4095, access: "Allow" });
  drift.addRule("postgresql", "allow-in-backup-server-to-postgresql", {
    name: "unasked",
    priority: 130,
    source_address_prefix: "10.99.0.0/24",
  });
  drift.group("http-proxy").tags = {};
  return drift;
}

test("what holds has no results", async () => {
  const log = await sarif(new Drift(DEPLOYMENT));
  expect(log.version).toBe("2.1.0");
  expect(log.runs.map(({ results }) => results)).toEqual([[]]);
});

test("each finding is a result of a declared rule, at its file and rule", async () => {
  const [{ results, tool }] = (await sarif(bent())).runs;
  const found = results.map(({ ruleId, level, locations }) => [
    ruleId,
    level,
    locations[0].physicalLocation.artifactLocation.uri,
    locations[0].logicalLocations?.[0].fullyQualifiedName,
  ]);
  const file = "out/cdk%20tf.json";
  expect(found).toContainEqual(["group-not-found", "error", "cdktf.json", undefined]);
  expect(found).toContainEqual(["missing-flow", "error", file, "nsg-veeam-entra-backup-server/lockdown"]);
  expect(found).toContainEqual([
    "excess-connection",
    "error",
    file,
    "nsg-veeam-entra-postgresql/allow-in-backup-server-to-postgresql",
  ]);
  expect(found).toContainEqual(["shadowed-rule", "warning", file, "nsg-veeam-entra-backup-server/too-late"]);
  expect(found).toContainEqual(["rule-without-flow", "warning", file, "nsg-veeam-entra-postgresql/unasked"]);
  for (const { ruleId, ruleIndex, message } of results) {
    expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
    expect(message.text).not.toBe("");
  }
});

test("a finding keeps its fingerprint while its words change, and no two share one", async () => {
  const [first, second] = [bent(), bent()];
  second.rule("backup-server", "lockdown").priority = 106;
  const prints = async (drift: Drift) =>
    (await sarif(drift)).runs[0].results
      .map(({ partialFingerprints }) => partialFingerprints["veeamPorts/v1"])
      .sort();
  const before = await prints(first);
  expect(new Set(before).size).toBe(before.length);
  expect(await prints(second)).toEqual(before);
});

test("absolute names of files are URLs, and findings in the standard input are located in the deployment", async () => {
  const uris = async (file: string) =>
    new Set(
      (await sarif(bent(), file)).runs[0].results.map(
        ({ locations }) => locations[0].physicalLocation.artifactLocation.uri,
      ),
    );
  expect(await uris(join("/srv", "a b.json"))).toEqual(new Set(["cdktf.json", "file:///srv/a%20b.json"]));
  expect(await uris("-")).toEqual(new Set(["cdktf.json"]));
});
