import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { customDataOf, type Resource, VAULT } from "../support/tools/resources";
import { filesIn, runMain, writeCdktfJson } from "../support/tools/run-main";
import { deploymentWithMachines } from "../support/deployments/sample-deployments";
import { temporaryFolder } from "../support/tools/temporary-folder";
import { describeWithTerraform, terraform } from "../support/tools/terraform";

interface StateModule {
  readonly resources?: ReadonlyArray<{ readonly type: string; readonly values: Resource }>;
}

interface SchemaBlock {
  readonly attributes?: Readonly<Record<string, { readonly sensitive?: boolean }>>;
  readonly block_types?: Readonly<Record<string, { readonly block: SchemaBlock }>>;
}

/** The environment of the person who deploys, each with a canary for its value. */
const SECRETS = Object.fromEntries(
  [
    "ARM_CLIENT_SECRET",
    "ARM_ACCESS_KEY",
    "ARM_SAS_TOKEN",
    "TF_TOKEN_app_terraform_io",
    "PGPASSWORD",
    "ADMIN_PASSWORD",
  ].map((name) => [name, `canary${randomBytes(12).toString("hex")}`]),
);

/** The names of the secrets that occur in a text, as they are or in base64. */
function secretsIn(text: string): string[] {
  return Object.entries(SECRETS)
    .filter(
      ([, value]) =>
        text.includes(value) || text.includes(Buffer.from(value).toString("base64").slice(0, 24)),
    )
    .map(([name]) => name);
}

/** The values of a resource that the schema calls sensitive, by their paths. */
function sensitiveValues(block: SchemaBlock, values: Resource, path = ""): Array<[string, unknown]> {
  const own = Object.entries(block.attributes ?? {})
    .filter(([, { sensitive }]) => sensitive)
    .map(([name]): [string, unknown] => [`${path}${name}`, values[name] ?? null]);
  const nested = Object.entries(block.block_types ?? {}).flatMap(([name, { block: inner }]) =>
    [values[name] ?? []]
      .flat()
      .flatMap((value) => sensitiveValues(inner, value as Resource, `${path}${name}.`)),
  );
  return [...own, ...nested];
}

describeWithTerraform("secrets", () => {
  const folder = temporaryFolder("veeam-secrets-");
  const environment = { ...process.env };
  beforeAll(() => Object.assign(process.env, SECRETS));
  afterAll(() => {
    process.env = environment;
    folder.remove();
  });

  test("of the person who deploys are in nothing that is written, and nothing sensitive is in the state", async () => {
    const deployment = {
      ...deploymentWithMachines(),
      administrators: { bastionSubnet: "10.5.0.0/26" },
      backupServer: {
        subnet: "10.20.0.0/27",
        machine: {
          ...{ privateIpAddress: "10.20.0.4", size: "Standard_D8s_v5" },
          source: { marketplace: { plan: "a-plan" } },
          administrator: { username: "veeamadmin", passwordSecretId: `${VAULT}/secrets/administrator` },
        },
      },
    } as const;
    writeCdktfJson(folder.path, deployment);
    const { status, stdout, stderr } = await runMain(folder.path);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });

    const stack = join(folder.path, "cdktf.out", "stacks", deployment.name);
    const logs = [
      stdout,
      terraform(stack, "init", "-input=false", "-no-color"),
      terraform(stack, "plan", "-input=false", "-no-color", "-out=plan"),
      terraform(stack, "apply", "-input=false", "-no-color", "plan"),
    ];
    const plan = terraform(stack, "show", "-json", "plan");
    const state = terraform(stack, "show", "-json");
    const { provider_schemas } = JSON.parse(terraform(stack, "providers", "schema", "-json")) as {
      provider_schemas: Record<string, { resource_schemas: Record<string, { block: SchemaBlock }> }>;
    };
    terraform(stack, "destroy", "-auto-approve", "-input=false", "-no-color");

    const { root_module } = (JSON.parse(state) as { values: { root_module: StateModule } }).values;
    const resources = root_module.resources ?? [];
    const userData = resources
      .filter(({ type }) => type === "azurerm_linux_virtual_machine")
      .map(({ values }) => customDataOf(values));
    expect(userData).toHaveLength(2);
    for (const text of userData) expect(text).toMatch(/^#cloud-config/);

    // The password of Windows is a reference, wherever the machine's template is stored.
    const templates = [plan, state].flatMap((text) => [
      ...text.matchAll(/"(parameters|template)_content":("(?:[^"\\]|\\.)*")/g),
    ]);
    const contents = templates.map(([, name, text]) => [name, JSON.parse(JSON.parse(text))]);
    expect(contents.map(([name]) => name)).toEqual(expect.arrayContaining(["parameters", "template"]));
    for (const [name, content] of contents) {
      if (name === "parameters")
        expect(content).toEqual({
          adminPassword: { reference: { keyVault: { id: VAULT }, secretName: "administrator" } },
        });
      else
        expect(content).toMatchObject({
          parameters: { adminPassword: { type: "securestring" } },
          resources: [{ properties: { osProfile: { adminPassword: "[parameters('adminPassword')]" } } }],
        });
    }

    const written = Object.entries(filesIn(folder.path)).filter(([name]) => !name.includes(".terraform/"));
    expect(written.map(([name]) => name)).toContain("terraform.veeam-entra.tfstate");
    for (const text of [...logs, plan, state, ...userData, ...written.map(([, content]) => content)]) {
      expect(secretsIn(text)).toEqual([]);
    }

    const [{ resource_schemas: schemas }] = Object.values(provider_schemas);
    const sensitive = resources.flatMap(({ type, values }) => sensitiveValues(schemas[type].block, values));
    // The schema calls all custom data sensitive; what is in it is looked at above.
    expect(sensitive.filter(([, value]) => value !== null).map(([path]) => path)).toEqual([
      "custom_data",
      "custom_data",
    ]);
    expect(sensitive.map(([path]) => path)).toContain("admin_password");
  });
});
