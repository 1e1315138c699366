import fc from "fast-check";
import { Access, Direction, Protocol, type SecurityRule } from "../../../lib/azure/security-rule";

type Fields = Record<string, unknown>;

const prefix = fc.oneof(
  fc
    .tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.integer({ min: 24, max: 32 }))
    .map(([a, b, c, n]) => `${a}.${b}.${c}.0/${n}`),
  fc.tuple(fc.nat(255), fc.nat(255)).map(([c, d]) => `10.0.${c}.${d}`),
  fc.nat(0xffff).map((group) => `fd00:${group.toString(16)}::/64`),
);
const ports = fc.oneof(
  fc.nat(65535).map(String),
  fc.tuple(fc.nat(30000), fc.nat(30000)).map(([first, more]) => `${first}-${first + more}`),
);
const single = fc.constantFrom(
  "*",
  "VirtualNetwork",
  "Storage.WestEurope",
  "${azurerm_public_ip.elsewhere.ip_address}",
);
const peers = fc.oneof(
  single.map((text): string[] => [text]),
  fc.uniqueArray(prefix, { minLength: 1, maxLength: 4 }),
);
const portList = fc.oneof(
  fc.constant<string[]>(["*"]),
  fc.uniqueArray(ports, { minLength: 1, maxLength: 4 }),
);
const applicationGroups = fc.uniqueArray(
  fc
    .nat(99)
    .map(
      (n) =>
        `/subscriptions/s/resourcegroups/rg/providers/microsoft.network/applicationsecuritygroups/asg-${n}`,
    ),
  { minLength: 1, maxLength: 3 },
);
const side = fc.oneof(
  peers.map((prefixes) => ({ prefixes, groups: undefined })),
  applicationGroups.map((groups) => ({ prefixes: [] as string[], groups })),
);

/** Rules of one group: names and priorities are unique, all else is random. */
export const rulesOfGroup: fc.Arbitrary<SecurityRule[]> = fc
  .uniqueArray(
    fc.record({
      priority: fc.integer({ min: 100, max: 4096 }),
      direction: fc.constantFrom(...Object.values(Direction)),
      access: fc.constantFrom(...Object.values(Access)),
      protocol: fc.constantFrom(...Object.values(Protocol)),
      source: side,
      destination: side,
      sourcePortRanges: portList,
      destinationPortRanges: portList,
      description: fc.option(fc.string({ minLength: 1, maxLength: 20 }), { nil: undefined }),
    }),
    { maxLength: 8, selector: ({ priority }) => priority },
  )
  .map((drawn) =>
    drawn.map(({ source, destination, description, ...rest }, index) => ({
      name: `rule-${index}`,
      ...rest,
      sourceAddressPrefixes: source.prefixes,
      destinationAddressPrefixes: destination.prefixes,
      ...(source.groups && { sourceApplicationSecurityGroupIds: source.groups }),
      ...(destination.groups && { destinationApplicationSecurityGroupIds: destination.groups }),
      ...(description !== undefined && { description }),
    })),
  );

/** The rule as the provider's attributes have it: every key present, null where unused. */
export function inTerraform(rule: SecurityRule): Fields {
  const sides = Object.entries(oneOrSeveral(rule, null)).map(
    ([key, value]) => [key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value] as const,
  );
  return {
    ...common(rule),
    description: rule.description ?? null,
    ...Object.fromEntries(sides),
    source_application_security_group_ids: rule.sourceApplicationSecurityGroupIds ?? null,
    destination_application_security_group_ids: rule.destinationApplicationSecurityGroupIds ?? null,
  };
}

/** The rule as the Azure CLI prints it. */
export function inAz(rule: SecurityRule): Fields {
  const ids = (list: readonly string[] | undefined) => list?.map((id) => ({ id, resourceGroup: "rg" }));
  return {
    ...common(rule),
    ...(rule.description !== undefined && { description: rule.description }),
    ...oneOrSeveral(rule, []),
    sourceApplicationSecurityGroups: ids(rule.sourceApplicationSecurityGroupIds),
    destinationApplicationSecurityGroups: ids(rule.destinationApplicationSecurityGroupIds),
    etag: 'W/"1"',
    id: `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/nsg/securityRules/${rule.name}`,
    provisioningState: "Succeeded",
    type: "Microsoft.Network/networkSecurityGroups/securityRules",
  };
}

/** The rule as the REST API has it, with its fields under `properties`. */
export function inRestApi(rule: SecurityRule): Fields {
  const { name, id, type, etag, ...properties } = inAz(rule);
  return { name, id, type, etag, properties };
}

function common({ name, priority, direction, access, protocol }: SecurityRule): Fields {
  return { name, priority, direction, access, protocol };
}

function oneOrSeveral(rule: SecurityRule, none: null | never[]): Fields {
  const pair = (field: string, values: readonly string[], plural: string): Fields =>
    values.length === 1
      ? { [field]: values[0], [`${field}${plural}`]: none }
      : { [field]: null, [`${field}${plural}`]: values };
  return {
    ...pair("sourceAddressPrefix", rule.sourceAddressPrefixes, "es"),
    ...pair("sourcePortRange", rule.sourcePortRanges, "s"),
    ...pair("destinationAddressPrefix", rule.destinationAddressPrefixes, "es"),
    ...pair("destinationPortRange", rule.destinationPortRanges, "s"),
  };
}
