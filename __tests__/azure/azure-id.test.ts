import { inAzureCasing } from "../../lib/azure/azure-id";

const SUBNET =
  "/subscriptions/s/resourceGroups/RG-Mine/providers/Microsoft.Network/virtualNetworks/Subnets/subnets/Providers";

test.each([
  SUBNET,
  "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/galleries/g/images/i/versions/1.0.0",
  "/subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/v/secrets/p",
  "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/firewallPolicies/hub",
])("fixed segments get Azure's casing, and names stay: %s", (id) => {
  const names = new Set(["s", "RG-Mine", "Subnets", "Providers", "rg", "g", "i", "1.0.0", "v", "p", "hub"]);
  const printed = id
    .split("/")
    .map((part) => (names.has(part) ? part : part.toLowerCase()))
    .join("/");
  expect(inAzureCasing(printed)).toBe(id);
  expect(inAzureCasing(id)).toBe(id);
});

test("what is known only at apply passes", () => {
  expect(inAzureCasing("${var.resourcegroups/x}")).toBe("${var.resourcegroups/x}");
});
