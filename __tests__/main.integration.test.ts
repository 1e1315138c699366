import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DeploymentFile } from "../lib/app/schema";
import { filesIn, type Run, runMain, writeCdktfJson } from "./support/tools/run-main";
import { fullDeployment, smallestDeployment } from "./support/deployments/sample-deployments";

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "main-"));
});

afterAll(() => rmSync(root, { recursive: true }));

function folder(...names: string[]): string {
  const path = join(root, ...names);
  mkdirSync(path, { recursive: true });
  return path;
}

/** A deployment that warns, so that what warnings leave in the output is compared as well. */
function warned(): DeploymentFile {
  return {
    ...smallestDeployment(),
    portTable: "13.0.1.1071@2025-12-19",
    consoles: ["10.1.0.0/24", "10.1.7.0/24"],
    httpProxy: { subnet: "10.20.0.32/28", port: 8080 },
    tags: { owner: "platform", stage: "production" },
  };
}

describe("two clones in different folders, one with everything in another order", () => {
  let [one, two]: Run[] = [];
  let [first, second]: string[] = [];

  beforeAll(async () => {
    [first, second] = [folder("one"), folder("a", "deeper", "folder of another name")];
    writeCdktfJson(first, warned());
    const { name, location, tags: _tags, consoles, ...rest } = warned();
    const reordered = {
      tags: { stage: "production", owner: "platform" },
      ...rest,
      consoles: consoles?.reverse(),
      location,
      name,
    };
    writeCdktfJson(second, reordered);
    const environment = { CDKTF_OUTDIR: "not/there/yet" };
    [one, two] = await Promise.all([runMain(first, environment), runMain(second, environment)]);
  });

  test("synthesize", () => {
    expect([one.status, two.status]).toEqual([0, 0]);
  });

  test("write into the folder that CDKTF_OUTDIR names, under the deployment's name", () => {
    const files = Object.keys(filesIn(join(first, "not/there/yet")));
    expect(files.filter((file) => !file.includes(".report."))).toEqual([
      "manifest.json",
      "stacks/veeam-entra/cdk.tf.json",
    ]);
    expect(existsSync(join(first, "cdktf.out"))).toBe(false);
    const manifest = JSON.parse(readFileSync(join(first, "not/there/yet/manifest.json"), "utf8"));
    expect(Object.keys(manifest.stacks)).toEqual(["veeam-entra"]);
  });

  test("give the same bytes, metadata included, and the same words", () => {
    expect(filesIn(join(second, "not/there/yet"))).toEqual(filesIn(join(first, "not/there/yet")));
    expect(two).toEqual(one);
  });

  test("keep the state beside cdktf.json, by a relative path", () => {
    const stack = join(first, "not/there/yet/stacks/veeam-entra");
    const { terraform } = JSON.parse(readFileSync(join(stack, "cdk.tf.json"), "utf8"));
    const { path } = terraform.backend.local;
    expect(path).toBe("../../../../../terraform.veeam-entra.tfstate");
    expect(join(stack, path)).toBe(join(first, "terraform.veeam-entra.tfstate"));
  });

  test("say nothing of where they are", () => {
    expect(JSON.stringify(filesIn(join(second, "not/there/yet")))).not.toContain("folder of another name");
  });

  test("print the allowed connections, the counts with the verdict, what is not enabled and the report", () => {
    expect(one.stdout.split("\n")).toEqual([
      "Allowed connections (Veeam port table 13.0.1.1071@2025-12-19):",
      "  From           To                    Ports          Purpose",
      "  console        backup-server         TCP 443, 9419  REST API of the backup server (+1)",
      "  backup-server  http-proxy            TCP 8080       HTTP proxy on the way to Microsoft",
      "  http-proxy     AzureActiveDirectory  TCP 443        Microsoft Graph and sign-in, for the backup server",
      "  http-proxy     AzureResourceManager  TCP 443        Azure Resource Manager, for the backup server",
      "5 flows, 2 network security groups, 10 rules. Verified: all 5 flows are allowed, and nothing else is.",
      expect.stringMatching(
        /^Not enabled: \d+ connections that Veeam documents for these roles; the report lists them\.$/,
      ),
      "Report: not/there/yet/stacks/veeam-entra/veeam-entra.backup.report.html",
      "",
    ]);
  });

  test("warn on stderr, and nowhere else", () => {
    expect(one.stderr).toBe(
      "warning: httpProxy.port: the port table 13.0.1.1071@2025-12-19 prints 3128 for the HTTP proxy; the deployment's 8080 is used.\n",
    );
  });
});

test("the context that the Terraform CDK's command hands over goes before cdktf.json", async () => {
  const here = folder("context");
  writeCdktfJson(here, { ...smallestDeployment(), name: "from-file" });
  const deployment = { ...fullDeployment(), name: "from-context" };
  const run = await runMain(here, { CDKTF_CONTEXT_JSON: JSON.stringify({ entraIdBackup: deployment }) });
  expect(run.status).toBe(0);
  expect(Object.keys(filesIn(here))).toEqual([
    "cdktf.json",
    "cdktf.out/manifest.json",
    "cdktf.out/stacks/from-context/cdk.tf.json",
    ...["csv", "html", "json", "md"].map(
      (format) => `cdktf.out/stacks/from-context/from-context.backup.report.${format}`,
    ),
  ]);
});

test.each(["constructor", "toString"])(
  "a deployment named %s is one like any other, each time",
  async (name) => {
    const here = folder(`named-${name}`);
    writeCdktfJson(here, { ...smallestDeployment(), name });
    const runs = [await runMain(here), await runMain(here)];
    expect(runs).toEqual([1, 2].map(() => expect.objectContaining({ status: 0, stderr: "" })));
    const files = Object.keys(filesIn(here));
    expect(files).toContain(`cdktf.out/stacks/${name}-stack/cdk.tf.json`);
    const stack = readFileSync(join(here, `cdktf.out/stacks/${name}-stack/cdk.tf.json`), "utf8");
    expect(JSON.parse(stack).terraform.backend.local.path).toBe(`../../../terraform.${name}.tfstate`);
  },
);

test("a synthesis over an earlier one says what changes, and refuses to drop a subnet whose group would go first", async () => {
  const here = folder("earlier");
  // In another place than a file here, so that only the earlier synthesis says what may be deployed.
  const backend = {
    azurerm: { resourceGroup: "rg-state", storageAccount: "ststate", container: "state" },
  };
  const runWith = (deployment: Partial<DeploymentFile>): Promise<Run> => {
    writeCdktfJson(here, { ...smallestDeployment(), backend, ...deployment });
    return runMain(here);
  };
  const before = { gatewayServers: { old: { subnet: "10.20.0.32/27" } } };
  expect((await runWith(before)).stdout).not.toContain("Changes");
  // Twice: what the first refusal takes out of the output folder is still known to the second.
  for (let run = 0; run < 2; run++) {
    const { status, stderr } = await runWith({});
    expect(status).toBe(1);
    expect(stderr).toContain("removed: does not name gatewayServers.old");
  }
  const { status, stdout } = await runWith({ removed: ["gatewayServers.old"] });
  expect(status).toBe(0);
  expect(stdout).toContain(
    "Changes since the last synthesis:\n  Interrupts: Subnet snet-veeam-entra-gateway",
  );
  expect(stdout).toContain(
    "  Resources: 2 to delete, 1 to remove from the state only\nAll changes: git show",
  );
  expect((await runWith({})).stdout).not.toContain("Changes");
}, 60_000);

describe("what is refused", () => {
  /** Runs the app where an earlier run has left a stack and Terraform something beside it. */
  async function refused(
    name: string,
    cdktfJson: string,
    environment = {},
  ): Promise<Run & { left: string[] }> {
    const here = folder(name);
    writeFileSync(join(here, "cdktf.json"), cdktfJson);
    for (const file of ["manifest.json", "stacks/old/cdk.tf.json", "stacks/old/.terraform.lock.hcl"]) {
      folder(name, "cdktf.out", "stacks", "old");
      writeFileSync(join(here, "cdktf.out", file), "{}");
    }
    const run = await runMain(here, environment);
    return { ...run, left: Object.keys(filesIn(join(here, "cdktf.out"))) };
  }

  const config = (deployment: unknown): string => JSON.stringify({ context: { entraIdBackup: deployment } });

  test.each<[string, string, Record<string, string>, string[]]>([
    [
      "a deployment with problems in several corners",
      config({
        ...smallestDeployment(),
        consoles: ["0.0.0.0/0"],
        location: "usgovvirginia",
      }),
      {},
      ["2 problems in cdktf.json", "  - location: ", "  - consoles[0]: "],
    ],
    [
      "a cdktf.json that is not JSON",
      "{ context: ",
      {},
      ["1 problem in the app's context", "  - cdktf.json: is not JSON: "],
    ],
    [
      "a given context that is not an object, though cdktf.json is valid",
      config(smallestDeployment()),
      { CDKTF_CONTEXT_JSON: "[]" },
      ["1 problem in cdktf.json", "  - context: is not an object (got []). "],
    ],
  ])("%s: exit code 1, every problem, no stack, no stack trace", async (title, text, environment, lines) => {
    const { status, stdout, stderr, left } = await refused(title, text, environment);
    expect(status).toBe(1);
    expect(stdout).toBe("");
    const said = stderr.trimEnd().split("\n");
    expect(said).toEqual(lines.map((line) => expect.stringContaining(line)));
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(left).toEqual(["stacks/old/.terraform.lock.hcl", "stacks/old/cdk.tf.json.earlier"]);
  });

  test("in a folder where nothing was written, nothing is written", async () => {
    const here = folder("untouched");
    writeCdktfJson(here, { ...smallestDeployment(), name: "-" });
    expect((await runMain(here)).status).toBe(1);
    expect(Object.keys(filesIn(here))).toEqual(["cdktf.json"]);
    expect(existsSync(join(here, "cdktf.out"))).toBe(false);
  });
});
