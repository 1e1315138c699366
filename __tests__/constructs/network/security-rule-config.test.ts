import { securityRuleConfig } from "../../../lib/constructs/network/flow-security-rule";
import { Access, Direction, Protocol, type SecurityRule } from "../../../lib/azure/security-rule";

const rule: SecurityRule = {
  name: "allow-in-a",
  priority: 100,
  direction: Direction.INBOUND,
  access: Access.ALLOW,
  protocol: Protocol.TCP,
  sourceAddressPrefixes: ["10.0.0.0/24"],
  sourcePortRanges: ["*"],
  destinationAddressPrefixes: ["10.1.0.0/24", "10.2.0.0/24"],
  destinationPortRanges: ["443", "2500-3300"],
  description: "why",
};

test("one value goes into the singular attribute, several into the plural, and neither into both", () => {
  expect(securityRuleConfig(rule)).toEqual({
    name: "allow-in-a",
    priority: 100,
    direction: "Inbound",
    access: "Allow",
    protocol: "Tcp",
    description: "why",
    sourceAddressPrefix: "10.0.0.0/24",
    sourcePortRange: "*",
    destinationAddressPrefixes: ["10.1.0.0/24", "10.2.0.0/24"],
    destinationPortRanges: ["443", "2500-3300"],
  });
});

test("application security groups stand in the place of prefixes", () => {
  const config = securityRuleConfig({
    ...rule,
    sourceAddressPrefixes: [],
    sourceApplicationSecurityGroupIds: ["/asg"],
    destinationAddressPrefixes: [],
    destinationApplicationSecurityGroupIds: ["/a", "/b"],
  });
  expect(config).toMatchObject({
    sourceApplicationSecurityGroupIds: ["/asg"],
    destinationApplicationSecurityGroupIds: ["/a", "/b"],
  });
  for (const key of ["source", "destination"]) {
    expect(config).not.toHaveProperty(`${key}AddressPrefix`);
    expect(config).not.toHaveProperty(`${key}AddressPrefixes`);
  }
});
