import fc from "fast-check";
import type { FlowEndpoint } from "../../../lib/azure/flow";
import type { ReportInput } from "../../../lib/plan/report-input";

/** Texts that break out of a page, a table, a sheet or a line where they are not escaped. */
export const HOSTILE_TEXTS: readonly string[] = [
  `<script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  `' onmouseover='alert(1)`,
  `</style><svg onload=alert(1)>`,
  `&lt;b&gt; &amp; &#60;`,
  "a|b | c \\| d",
  "``` `code` ```",
  "[link](javascript:alert(1)) ![x](http://127.0.0.1/x.png)",
  "@everyone #1 https://example.invalid www.example.invalid",
  "line\r\nbreak\ttab",
  `=HYPERLINK("http://example.invalid","x")`,
  "+1+cmd|' /C calc'!A0",
  "-2+3",
  "@SUM(1)",
  '  ="quoted",and,commas',
  "\u202egnihtemos\u202c \u0000 \u2028 \ud800",
  "</title></a></td>",
  "constructor __proto__ $& $1",
];

/** A hostile text, or one made of the characters that matter. */
export function hostileText(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom(...HOSTILE_TEXTS),
    fc.string({
      unit: fc.constantFrom(..."<>&\"'`|\\*_[]()#!=+-@\n\r\t ;,:/aZ0\u202e\ud83d".split("")),
      minLength: 1,
    }),
    fc.string({ unit: "binary", minLength: 1 }),
  );
}

/** The input with every text that a user can choose put through a function. */
export function withTexts(input: ReportInput, change: (text: string) => string): ReportInput {
  const endpoint = (end: FlowEndpoint): FlowEndpoint => ({ ...end, label: change(end.label) });
  return {
    ...input,
    path: change(input.path),
    networks: (input.networks ?? []).map((network) => ({
      ...network,
      name: change(network.name),
      location: change(network.location),
      resourceGroup: change(network.resourceGroup),
      virtualNetwork: change(network.virtualNetwork),
      virtualNetworkResourceGroup: change(network.virtualNetworkResourceGroup),
    })),
    components: input.components.map((component) => ({
      ...component,
      key: change(component.key),
      label: change(component.label),
      type: component.type && change(component.type),
      existingSubnetId: component.existingSubnetId && change(component.existingSubnetId),
      region: component.region && change(component.region),
      machine: { [change("size")]: change("Standard_D4s_v5") },
    })),
    flows: input.flows.map((flow) => ({
      ...flow,
      from: endpoint(flow.from),
      to: endpoint(flow.to),
      reason: change(flow.reason),
      origin: change(flow.origin),
      source: change(flow.source ?? ""),
      sources: flow.sources?.map((row) => ({
        ...row,
        page: change(row.page),
        source: change(row.source),
        section: change(row.section),
        to: change(row.to),
      })),
    })),
    network: {
      ...input.network,
      endpoints: input.network.endpoints.map((end) => ({ ...end, label: change(end.label) })),
      groups: input.network.groups.map((group) => ({
        ...group,
        rules: group.rules.map((rule) => ({ ...rule, description: change(rule.description ?? "") })),
      })),
    },
    proof: { ...input.proof, assumptions: input.proof.assumptions.map(change) },
    warnings: (input.warnings ?? []).map(change),
    closedSections: (input.closedSections ?? []).map((closed) => ({
      section: change(closed.section),
      neededFor: change(closed.neededFor),
      breaks: change(closed.breaks),
      source: change(closed.source),
    })),
    disagreements: (input.disagreements ?? []).map(({ entraId, usedPorts, follows }) => ({
      entraId: change(entraId),
      usedPorts: usedPorts.map(change),
      follows: change(follows),
    })),
    sharedGroups: (input.sharedGroups ?? []).map((group) => ({
      ...group,
      name: change(group.name),
      resourceGroup: change(group.resourceGroup),
      rules: group.rules.map(({ rule, flows }) => ({
        rule: { ...rule, description: change(rule.description ?? "") },
        flows,
      })),
    })),
    dnsNames: (input.dnsNames ?? []).map((one) => ({
      ...one,
      names: one.names.map(change),
      reason: change(one.reason),
      origin: change(one.origin),
      source: change(one.source ?? ""),
    })),
  };
}
