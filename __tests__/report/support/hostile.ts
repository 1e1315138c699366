import fc from "fast-check";
import type { SecurityRule } from "../../../lib/azure/security-rule";
import type { ReportComponent } from "../../../lib/report/components-and-networks";
import type { ReportEnd, ReportModel } from "../../../lib/report/report-model";
import type { RuleAtEnd } from "../../../lib/report/rules-of-flow";

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

/** The model with every text that a user can choose put through a function. */
export function withTexts(model: ReportModel, change: (text: string) => string): ReportModel {
  const path = change(model.path);
  const networks = model.networks.map((network) => ({
    ...network,
    name: change(network.name),
    location: change(network.location),
    resourceGroup: { ...network.resourceGroup, name: change(network.resourceGroup.name) },
    virtualNetwork: {
      ...network.virtualNetwork,
      name: change(network.virtualNetwork.name),
      resourceGroup: change(network.virtualNetwork.resourceGroup),
    },
  }));
  const component = (one: ReportComponent): ReportComponent => ({
    ...one,
    key: change(one.key),
    label: change(one.label),
    type: one.type && change(one.type),
    existingSubnetId: one.existingSubnetId && change(one.existingSubnetId),
    region: one.region && change(one.region),
    machine: { [change("size")]: change("Standard_D4s_v5") },
  });
  const rule = (one: SecurityRule): SecurityRule => ({
    ...one,
    description: change(one.description ?? ""),
  });
  const rulesAtEnd = (rules: readonly RuleAtEnd[]): RuleAtEnd[] =>
    rules.map((one) => ({ ...one, rule: rule(one.rule) }));
  const ends = new Map(
    model.ends.map((end): [ReportEnd, ReportEnd] => [
      end,
      {
        ...end,
        label: change(end.label),
        components: end.components.map(component),
        sharedGroup: end.sharedGroup && {
          name: change(end.sharedGroup.name),
          resourceGroup: change(end.sharedGroup.resourceGroup),
          rules: end.sharedGroup.rules.map((one) => ({ ...one, rule: rule(one.rule) })),
        },
      },
    ]),
  );
  const at = (end: ReportEnd): ReportEnd => ends.get(end) as ReportEnd;
  return {
    ...model,
    path,
    networks,
    components: model.components.map(component),
    ends: [...ends.values()],
    flows: model.flows.map((one) => ({
      ...one,
      from: at(one.from),
      to: at(one.to),
      leaving: rulesAtEnd(one.leaving),
      arriving: rulesAtEnd(one.arriving),
      flow: {
        ...one.flow,
        reason: change(one.flow.reason),
        origin: change(one.flow.origin),
        source: change(one.flow.source ?? ""),
        sources: one.flow.sources?.map((row) => ({
          ...row,
          page: change(row.page),
          source: change(row.source),
          section: change(row.section),
          to: change(row.to),
        })),
      },
    })),
    groups: model.groups.map((group) => ({
      ...group,
      ends: group.ends.map(at),
      rules: group.rules.map(rule),
    })),
    proof: { ...model.proof, assumptions: model.proof.assumptions.map(change) },
    warnings: model.warnings.map(change),
    closedSections: model.closedSections.map((closed) => ({
      section: change(closed.section),
      neededFor: change(closed.neededFor),
      breaks: change(closed.breaks),
      source: change(closed.source),
      pageDate: closed.pageDate,
    })),
    disagreements: model.disagreements.map(({ entraId, usedPorts, follows }) => ({
      entraId: change(entraId),
      usedPorts: usedPorts.map(change),
      follows: change(follows),
    })),
    dnsNames: model.dnsNames.map((one) => ({
      ...one,
      from: one.from.map(at),
      through: one.through && at(one.through),
      names: one.names.map(change),
      reason: change(one.reason),
      origin: change(one.origin),
      source: change(one.source ?? ""),
    })),
  };
}
