import fc from "fast-check";
import type { SecurityRule } from "../../lib/azure/security-rule";
import { JsonNode } from "../../lib/terraform/files/json-node";
import { networkOfFiles } from "../../lib/terraform/joined/network-of-files";
import { networkOfJson } from "../../lib/terraform/read-network-file";
import { runs } from "../support/arbitraries/property-settings";
import { inAz, inRestApi, inTerraform, rulesOfGroup } from "../support/files/rules-in-files";

const ID = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/nsg";
const GROUP = { address: "azurerm_network_security_group.g", type: "azurerm_network_security_group" };

const FORMATS: Record<string, (rules: readonly SecurityRule[]) => unknown> = {
  "rules inside a group of a stack": (rules) => ({
    resource: {
      azurerm_network_security_group: { g: { name: "nsg", security_rule: rules.map(inTerraform) } },
    },
  }),
  "rules beside a group of a stack": (rules) => ({
    resource: {
      azurerm_network_security_group: { g: { name: "nsg", security_rule: [] } },
      azurerm_network_security_rule: Object.fromEntries(
        rules.map((rule, index) => [
          `r${index}`,
          { ...inTerraform(rule), network_security_group_name: "${azurerm_network_security_group.g.name}" },
        ]),
      ),
    },
  }),
  "a plan": (rules) => ({
    planned_values: {
      root_module: {
        child_modules: [
          {
            address: "module.m",
            resources: [{ ...GROUP, values: { name: "nsg", security_rule: rules.map(inTerraform) } }],
          },
        ],
      },
    },
  }),
  "a state, which lists a rule beside a group twice": (rules) => ({
    format_version: "1.0",
    values: {
      root_module: {
        resources: [
          {
            ...GROUP,
            values: { id: ID, name: "nsg", resource_group_name: "rg", security_rule: rules.map(inTerraform) },
          },
          ...rules.map((rule, index) => ({
            address: `azurerm_network_security_rule.r[${index}]`,
            type: "azurerm_network_security_rule",
            values: { ...inTerraform(rule), network_security_group_name: "nsg", resource_group_name: "rg" },
          })),
        ],
      },
    },
  }),
  "az network nsg list": (rules) => [
    { id: ID, name: "nsg", securityRules: rules.map(inAz), defaultSecurityRules: [] },
  ],
  "the REST API": (rules) => ({
    value: [{ id: ID, name: "nsg", properties: { securityRules: rules.map(inRestApi) } }],
  }),
};

test.each(Object.keys(FORMATS))("what is written as %s is read back", (format) => {
  fc.assert(
    fc.property(rulesOfGroup, (rules) => {
      const { groups } = networkOfFiles([networkOfJson(new JsonNode(FORMATS[format](rules), "", "file"))]);
      expect(groups.map((group) => group.rules)).toStrictEqual([rules]);
    }),
    runs(100),
  );
});
