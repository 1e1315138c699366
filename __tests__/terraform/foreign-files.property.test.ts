import { gzipSync } from "node:zlib";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { InvalidInputError } from "../../lib/base/problem";
import { networkOfFiles } from "../../lib/terraform/joined/network-of-files";
import { readNetworkFile, readSubnetsFile } from "../../lib/terraform/read-network-file";
import { fileOf, nsgList } from "../support/files/az-files";
import { runs } from "../support/arbitraries/property-settings";
import { refusalOf } from "../support/expected/refused";
import { fullDeployment } from "../support/deployments/sample-deployments";
import { synthesizeDeployment } from "../support/tools/synthesized";

const terraform = (name: string): Buffer =>
  readFileSync(join(__dirname, "..", "fixtures", "terraform", name));
const refusal = (bytes: Uint8Array): string => refusalOf(() => readNetworkFile(bytes, "FILE"));

test.each<[string, unknown, string]>([
  ["nothing", "", "is empty"],
  ["blanks", " \n", "is empty"],
  ["HCL", terraform("main.tf"), "Run terraform plan -out=plan && terraform show -json plan > plan.json"],
  [
    "HCL after comments",
    '# the network\n// mine\nresource "azurerm_subnet" "a" {\n}\n',
    "Terraform's own language",
  ],
  ["a saved plan", Buffer.from("PK\u0003\u0004…"), "Run terraform show -json FILE > plan.json"],
  ["a compressed file", gzipSync("[]"), "Unpack it first"],
  [
    "a plan's log",
    '{"@level":"info","@message":"Terraform 1.11.4"}\n{"@level":"info"}\n',
    "is the log that terraform plan -json prints",
  ],
  ["YAML", "- id: /subscriptions\n  name: nsg\n", "-o json"],
  ["an error in words", "ERROR: Please run 'az login'", "begins with a message of the Azure CLI"],
  [
    "Terraform's own state",
    { version: 4, terraform_version: "1.11.4", serial: 3, lineage: "x", resources: [] },
    "Run terraform show -json > state.json",
  ],
  ["a Service Tags file", { changeNumber: 1, cloud: "Public", values: [] }, "Give it with --service-tags"],
  ["a cdktf.json", { language: "typescript", app: "x", context: {} }, "Give it with --deployment"],
  ["the manifest of an output folder", { version: "0.21.0", stacks: {} }, "Give the cdk.tf.json of a stack"],
  [
    "an ARM template",
    { $schema: "https://schema.management.azure.com/…/deploymentTemplate.json#", resources: [] },
    "Deploy it",
  ],
  [
    "rules without their group",
    [{ name: "a", priority: 100, access: "Allow" }],
    "is a list of rules without their group",
  ],
  ["an empty state", { format_version: "1.0" }, "is an empty state: nothing is deployed"],
  ["a list of something else", [{ name: "vm" }], "is JSON of a kind that is not read here"],
  ["a number", 7, "is JSON of a kind that is not read here"],
  ["null", null, "is JSON of a kind that is not read here"],
])("%s is refused with what to do", (_, content, message) => {
  const text = refusal(Buffer.isBuffer(content) ? content : fileOf(content));
  expect(text).toMatch(/^1 problem in FILE\n {2}- the file: /);
  expect(text).toContain(message);
  // A whole file is too long to quote.
  expect(text).not.toContain("(got");
});

test("a file that --subnets does not take is refused with the command that makes the right one", () => {
  expect(refusalOf(() => readSubnetsFile(fileOf(nsgList), "FILE"))).toContain("az network vnet list -o json");
});

test.each([
  [
    "resources that are not a list",
    { planned_values: { root_module: { resources: {} } } },
    "planned_values.root_module.resources: is not a list",
  ],
  [
    "a resource without a type",
    { format_version: "1.0", values: { root_module: { resources: [{}] } } },
    "values.root_module.resources[0].type: is missing",
  ],
  [
    "modules that are texts",
    { format_version: "1.0", values: { root_module: "x" } },
    "values.root_module: is not an object",
  ],
  [
    "a group that is a text",
    { resource: { azurerm_network_security_group: { g: "nsg" } } },
    "resource.azurerm_network_security_group.g: is not an object",
  ],
  ["types that are a list of lists", { resource: [[]] }, "resource[0]: is not an object"],
  ["tags that are a list", [{ ...nsgList[0], tags: [] }], "[0].tags: is not an object"],
  ["subnets without ids", [{ ...nsgList[0], subnets: [{}] }], "[0].subnets[0].id: is missing"],
])("%s are refused by their place", (_, content, message) => {
  expect(refusal(fileOf(content))).toContain(message);
});

test.each([
  ["utf-16le, as Windows PowerShell redirects", Buffer.from(`\ufeff${JSON.stringify(nsgList)}`, "utf16le")],
  ["utf-16be", Buffer.from(`\ufeff${JSON.stringify(nsgList)}`, "utf16le").swap16()],
  ["utf-8 with a byte order mark", Buffer.from(`\ufeff${JSON.stringify(nsgList)}`)],
])("%s is read", (_, bytes) => {
  expect(readNetworkFile(bytes, "FILE").groups).toHaveLength(2);
});

test("fields that are not known change nothing", () => {
  const [first, ...rest] = nsgList;
  const [rule] = first.securityRules as object[];
  const later = [
    { ...first, flushConnection: true, securityRules: [{ ...rule, kind: "new", nested: { a: [1] } }] },
    ...rest,
  ];
  expect(readNetworkFile(fileOf(later), "FILE")).toStrictEqual(readNetworkFile(fileOf(nsgList), "FILE"));
});

test("a name that JavaScript gives a meaning is a name", () => {
  const text =
    '{"resource":{"azurerm_network_security_group":{"__proto__":{"name":"nsg","security_rule":[]},"constructor":{"name":"other","security_rule":[]}}}}';
  expect(readNetworkFile(fileOf(text), "FILE").groups.map(({ name }) => name)).toEqual(["nsg", "other"]);
});

const VALID: Record<string, Buffer> = {
  "cdk.tf.json": Buffer.from(synthesizeDeployment(fullDeployment()).text),
  "plan.json": terraform("plan.json"),
  "state.json": terraform("state.json"),
  "nsgs.json": fileOf(nsgList),
};

test.each(Object.keys(VALID))("%s cut short anywhere is refused in words", (name) => {
  const bytes = VALID[name];
  fc.assert(
    fc.property(fc.integer({ min: 0, max: bytes.length - 2 }), (length) => {
      expect(refusal(bytes.subarray(0, length))).toMatch(/is JSON that breaks off|is empty/);
    }),
    runs(100),
  );
});

test.each(Object.keys(VALID))("%s with any of its values replaced is read, or refused in words", (name) => {
  const json: unknown = JSON.parse(VALID[name].toString());
  const paths = pathsIn(json);
  fc.assert(
    fc.property(
      fc.constantFrom(...paths),
      fc.constantFrom(null, 0, "x", "", [], {}, true, [[]], "${x}"),
      (path, value) => {
        const text = JSON.stringify(replaced(json, path, value));
        try {
          networkOfFiles([readNetworkFile(fileOf(text), "FILE")]);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidInputError);
        }
      },
    ),
    runs(400),
  );
});

type Path = ReadonlyArray<string>;

function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === key ? replaced(item, rest, by) : (item as unknown)));
  return { ...(value as object), [key]: replaced((value as Record<string, unknown>)[key], rest, by) };
}

test("what is nested without end is refused in words, wherever it stands", () => {
  const nested = (open: string, close: string, times: number) => open.repeat(times) + close.repeat(times);
  const stackWith = (times: number) =>
    `{"resource":{"azurerm_subnet":{"a":{"name":"snet","delegation":${nested("[", "]", times)}}}}}`;
  expect(readNetworkFile(fileOf(stackWith(400)), "FILE").groups).toEqual([]);
  const modules = `{"format_version":"1.0","values":{"root_module":${nested('{"child_modules":[', "]}", 50_000)}}}`;
  for (const deep of [stackWith(20_000), modules, nested("[", "]", 100_000)]) {
    expect(refusal(fileOf(deep))).toContain("has more than 500 lists and objects inside one another");
  }
  expect(refusal(fileOf("[".repeat(100_000)))).toContain("is JSON that breaks off");
});

test("a list of 50 MB is read, and refused when it is cut short", () => {
  const groups = Array.from({ length: 60_000 }, (_, index) => ({
    ...nsgList[0],
    id: `${nsgList[0].id}-${index}`,
    name: `nsg-${index % 30_000}`,
    subnets: [],
  }));
  const bytes = Buffer.from(JSON.stringify(groups));
  expect(bytes.length).toBeGreaterThan(50e6);
  const { network } = networkOfFiles([readNetworkFile(bytes, "FILE")]);
  expect(new Set(network.groups.map(({ name }) => name)).size).toBe(groups.length);
  expect(refusal(bytes.subarray(0, bytes.length - 7))).toContain("breaks off");
});
