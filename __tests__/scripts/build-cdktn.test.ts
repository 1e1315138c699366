import { forCdkTerrain, manifestForCdkTerrain } from "../../scripts/build-cdktn";

test.each([
  ['const a = require("cdktf");', 'const a = require("cdktn");'],
  ['require.resolve("cdktf/package.json")', 'require.resolve("cdktn/package.json")'],
  [
    'import { Subnet } from "@cdktf/provider-azurerm/lib/subnet";',
    'import { Subnet } from "@cdktn/provider-azurerm/lib/subnet";',
  ],
  ['type A = import("cdktf").App;', 'type A = import("cdktn").App;'],
  ['import { Peer } from "cdktf-veeam-entra-id";', 'import { Peer } from "cdktn-veeam-entra-id";'],
  ["import { v } from 'cdktf-veeam-entra-id/testing';", "import { v } from 'cdktn-veeam-entra-id/testing';"],
])("%s", (before, after) => {
  expect(forCdkTerrain(before)).toBe(after);
});

test.each([
  'Symbol.for("cdktf/TerraformStack")',
  'const name = "cdktf";',
  'node.tryGetContext("cdktfVersion")',
  'require("cdktf-cli")',
  'from "constructs"',
])("%s stays as it is", (text) => {
  expect(forCdkTerrain(text)).toBe(text);
});

test("the manifest names the other engine's packages, and no tools", () => {
  const manifest = manifestForCdkTerrain({
    name: "cdktf-veeam-entra-id",
    description: "Ports with the Terraform CDK.",
    keywords: ["cdktf", "azure"],
    version: "1.2.3",
    devDependencies: { jest: "1" },
    scripts: { test: "jest" },
  });
  expect(manifest).toEqual({
    name: "cdktn-veeam-entra-id",
    description: "Ports with CDK Terrain.",
    keywords: ["cdktn", "azure"],
    version: "1.2.3",
    peerDependencies: expect.objectContaining({ cdktn: expect.any(String) as unknown }) as unknown,
  });
});
