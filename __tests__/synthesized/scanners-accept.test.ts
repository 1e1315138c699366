import type { Resource } from "../support/tools/resources";
import { machineDemands } from "../support/expected/scanner-demands/machine-demands";
import { networkDemands } from "../support/expected/scanner-demands/network-demands";
import { resourcesOfDeployment, shapesOfDeployments } from "../support/deployments/shapes-of-deployments";

const STACKS = Object.values(shapesOfDeployments()).map(resourcesOfDeployment);

test.each(
  [...networkDemands(), ...machineDemands()].map(
    (demand) => [`${demand.id}: ${demand.demand}`, demand] as const,
  ),
)("%s", (_, demand) => {
  const held = STACKS.map((resources) => demand.holds(resources));
  // An exception that is no longer needed is removed from the list.
  if (demand.exception !== undefined) expect(held).toContain(false);
  else expect(held).not.toContain(false);
});

const everybody: Resource = {
  access: "Allow",
  direction: "Inbound",
  protocol: "*",
  source_address_prefix: "Internet",
  destination_port_ranges: ["20-90", "3389"],
};

test("each demand on a network can be broken", () => {
  const open = {
    azurerm_network_security_rule: [
      everybody,
      { ...everybody, direction: "Outbound", destination_address_prefixes: ["0.0.0.0/0"] },
    ],
    azurerm_subnet: [{}],
    azurerm_virtual_network: [{ address_space: ["10.0.0.0/24"], dns_servers: ["10.1.0.4"] }],
  };
  expect(networkDemands().filter((demand) => demand.holds(open))).toEqual([]);
});

test.each(["password: hunter2\n", 'token="abc"\n', "secret = 'abc def'\n"])(
  "%j in custom data is noticed",
  (text) => {
    const custom_data = Buffer.from(`#cloud-config\n${text}`).toString("base64");
    const demand = machineDemands().find(({ id }) => id === "AZU-0037");
    expect(demand?.holds({ azurerm_linux_virtual_machine: [{ custom_data }] })).toBe(false);
  },
);
