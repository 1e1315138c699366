import { z } from "zod";

/**
 * The shape of the JSON report. Within a version members are added, never
 * renamed, retyped or taken away; readers skip what they do not know.
 */
export const JSON_REPORT_VERSION = 1;

const ruleReference = z.object({
  group: z.string(),
  rule: z.string(),
  priority: z.int(),
  access: z.enum(["Allow", "Deny"]),
  isDefault: z.boolean().describe("Whether Azure adds the rule to every group."),
});

const example = z.object({
  source: z.string().describe("An address, or the name of a set of which any address will do."),
  sourceWithin: z.array(z.string()).describe("Sets that the source is taken to be in."),
  sourcePort: z.int().optional(),
  destination: z.string().describe("An address, or the name of a set of which any address will do."),
  destinationWithin: z.array(z.string()).describe("Sets that the destination is taken to be in."),
  destinationPort: z.int().optional(),
  destinationPortWithin: z.array(z.string()).describe("Values known only at apply that the port is in."),
  protocol: z.string(),
});

const finding = {
  end: z.enum(["source", "destination"]),
  endpoint: z.string(),
  example,
  dependsOn: z.array(z.string()).describe("What is not known and decides; empty where it is sure."),
};

const rule = z.object({
  name: z.string(),
  priority: z.int(),
  direction: z.enum(["Inbound", "Outbound"]),
  access: z.enum(["Allow", "Deny"]),
  protocol: z.string(),
  sourceAddressPrefixes: z.array(z.string()),
  sourcePortRanges: z.array(z.string()),
  sourceApplicationSecurityGroupIds: z.array(z.string()).optional(),
  destinationAddressPrefixes: z.array(z.string()),
  destinationPortRanges: z.array(z.string()),
  destinationApplicationSecurityGroupIds: z.array(z.string()).optional(),
  description: z.string().optional(),
});

const page = { source: z.string(), pageDate: z.string() };

const pairOfEnds = z.object({ from: z.string(), to: z.string() }).describe("Ids of ends.");

const ruleAtEnd = z.object({ group: z.string(), rule: z.string(), priority: z.int() });

/** The JSON report, member by member. */
export const jsonReportSchema = z
  .object({
    version: z.literal(JSON_REPORT_VERSION),
    toolVersion: z.string().describe("Version of the package that wrote the report."),
    path: z.string().describe("Path of the construct that is reported on."),
    portTable: z
      .object({ revision: z.string(), ...page, usedPorts: z.object(page).optional() })
      .describe("The revision, its page Entra ID ports and, where it has it, its page Used ports."),
    networks: z
      .array(
        z.object({
          name: z.string().describe("Name of the deployment."),
          location: z.string(),
          resourceGroup: z.object({ name: z.string(), exists: z.boolean() }),
          virtualNetwork: z.object({
            name: z.string(),
            resourceGroup: z.string(),
            exists: z.boolean().describe("Whether it was there before."),
            addressSpace: z.array(z.string()),
            dnsServers: z.array(z.string()).describe("Empty for Azure's own."),
          }),
          egress: z.object({
            kind: z.enum(["natGateway", "existingNatGateway", "azureFirewall", "platform"]),
            ends: z.array(z.string()).describe("Ids of the ends whose subnets are given that way out."),
            natGatewayId: z.string().optional(),
            firewallAddress: z.string().optional(),
          }),
        }),
      )
      .describe("Where the components live."),
    ends: z
      .array(
        z.object({
          id: z.string(),
          label: z.string(),
          prefixes: z.array(z.string()),
          filtered: z.boolean().describe("Whether groups of the deployment stand before it."),
          serviceTag: z.boolean(),
          groups: z.array(z.string()),
        }),
      )
      .describe("Every end of flows."),
    components: z.array(
      z.object({
        role: z.string(),
        key: z.string(),
        label: z.string(),
        end: z.string().describe("Id of the end that it is."),
        type: z.string().optional().describe("windows, linux, hardened, smb, objectStorage and the like."),
        subnet: z.string().optional(),
        existingSubnetId: z.string().optional().describe("Where the subnet was there before."),
        region: z.string().optional().describe("Of object storage that is reached by service tag."),
        addresses: z.array(z.string()).optional(),
        sharesMachineOf: z.string().optional(),
        machine: z.record(z.string(), z.string()).optional(),
      }),
    ),
    flows: z.array(
      z.object({
        name: z.string(),
        priority: z.int(),
        from: z.string().describe("Id of the end that opens the connections."),
        to: z.string().describe("Id of the end that is connected to."),
        protocol: z.string(),
        ports: z.array(z.string()),
        reason: z.string(),
        origin: z.string(),
        source: z.string().optional(),
        pageDate: z.string().optional(),
        sources: z
          .array(
            z.object({
              page: z.string(),
              ...page,
              section: z.string(),
              from: z.string(),
              to: z.string(),
              protocol: z.string(),
              ports: z.array(z.string()),
            }),
          )
          .optional()
          .describe("Every row of a page that asks for it, in the page's words."),
        missing: z.boolean().describe("Whether some of it is blocked."),
        leaving: z.array(ruleAtEnd).describe("Rules that decide where it leaves."),
        arriving: z.array(ruleAtEnd).describe("Rules that decide where it arrives."),
      }),
    ),
    groups: z.array(z.object({ name: z.string(), rules: z.array(rule) })),
    sharedGroups: z
      .array(
        z.object({
          name: z.string(),
          resourceGroup: z.string(),
          end: z.string().describe("Id of the end whose subnet it is associated with."),
          rules: z.array(rule).describe("The rules that are added; what else is in it is its owner's."),
        }),
      )
      .describe("Groups managed elsewhere to which rules are added."),
    proof: z.object({
      holds: z.boolean(),
      missing: z.array(
        z.object({
          flow: z.string(),
          from: z.string(),
          to: z.string(),
          blockedBy: ruleReference,
          ...finding,
        }),
      ),
      excess: z.array(z.object({ allowedBy: z.array(ruleReference), ...finding })),
      shadowedRules: z.array(
        z.object({
          rule: ruleReference,
          direction: z.enum(["Inbound", "Outbound"]),
          shadowedBy: z.array(z.string()),
        }),
      ),
      rulesWithoutFlow: z.array(ruleReference),
      dependsOn: z.array(z.string()),
      assumptions: z.array(z.string()),
    }),
    warnings: z.array(z.string()),
    closedSections: z.array(
      z.object({
        section: z.string(),
        neededFor: z.string(),
        breaks: z.string(),
        source: z.string(),
        pageDate: z.string().optional(),
      }),
    ),
    disagreements: z
      .array(z.object({ entraId: z.string(), usedPorts: z.array(z.string()), follows: z.string() }))
      .describe("Where the two pages disagree on connections of the deployment, row against row."),
    failover: z
      .object({
        choice: z.string().describe("open, closed or closedOnBothPages."),
        range: z.string(),
        closed: z.array(pairOfEnds).describe("Between whom closed closes the range."),
        closedOnBothPages: z
          .array(pairOfEnds)
          .describe("Between whom closedOnBothPages closes it in addition."),
      })
      .optional()
      .describe(
        "The range for data channels where it is failover for port 6162; absent if closing it saves nothing.",
      ),
    dnsNames: z
      .array(
        z.object({
          group: z.string(),
          names: z
            .array(z.string())
            .describe("A leading *. stands for every name below; empty where certificates name them."),
          ports: z.array(z.string()).describe("TCP ports."),
          from: z.array(z.string()).describe("Ids of the ends that connect."),
          through: z
            .string()
            .optional()
            .describe("Id of the end that carries the connections on and has to let the names pass."),
          reason: z.string(),
          origin: z.string(),
          source: z.string().optional(),
          pageDate: z.string().optional(),
        }),
      )
      .describe("What is reached by DNS name, which no security group can filter by."),
  })
  .meta({ title: "Network flows of Veeam Backup for Microsoft Entra ID, and their proof" });

/** What the JSON report holds. */
export type JsonReport = z.infer<typeof jsonReportSchema>;

/** The same as a JSON Schema (draft 2020-12), for readers in other languages. */
export function reportJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(jsonReportSchema);
}
