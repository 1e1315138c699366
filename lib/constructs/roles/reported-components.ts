import type { IConstruct } from "constructs";
import type { ReportInput } from "../../plan/reported";
import { textIn, textsIn } from "../../terraform/in-memory/terraform-text";
import type { BackupComponent } from "./component";

/** What a report reads of components, with expressions in the place of values known only at apply. */
export function reportedComponents(
  members: readonly BackupComponent[],
): Pick<ReportInput, "components" | "networks" | "places" | "machines"> {
  const places = [...new Set(members.flatMap((component) => component._place() ?? []))];
  const networks = [...new Set(members.map(({ network }) => network))];
  return {
    components: members.map((component) => inWords(component, component._input())),
    networks: networks.map((network) => ({
      part: inWords(network, network._part),
      virtualNetwork: textIn(network, network.virtualNetwork?.nameInput ?? network.virtualNetworkName),
      components: members.filter((one) => one.network === network).map((one) => one._input().path),
    })),
    places: places.map((place) => {
      const added = place._addedToGroup();
      return {
        endpoint: place.endpoint,
        flows: place.flows(),
        rules: place._plannedRules(),
        sharedGroup: added && {
          ...inWords(place, { name: added.group.name, resourceGroup: added.group.resourceGroup }),
          rules: [...added.rules],
        },
      };
    }),
    machines: new Map(
      members.flatMap((component) => {
        const facts = component._machineFacts;
        return facts ? [[component._input().path, inWords(component, facts)]] : [];
      }),
    ),
  };
}

/** Plain data whose texts are expressions. */
function inWords<T>(scope: IConstruct, value: T): T {
  if (typeof value === "string") return textIn(scope, value) as T;
  if (Array.isArray(value)) {
    return (
      value.every((item) => typeof item === "string")
        ? textsIn(scope, value)
        : value.map((item: unknown) => inWords(scope, item))
    ) as T;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => [key, inWords(scope, inner)]),
  ) as T;
}
