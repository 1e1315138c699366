import type { NamedEnd } from "../proof/question";
import type { PlacedEndpoint, PlacedNetwork } from "../terraform/joined/network-of-files";

/** The names of subnets in files, with the names of their deployment and network before them, and of network interfaces. */
export function namesInFiles({ endpoints, interfaces = [] }: PlacedNetwork): NamedEnd[] {
  const own = new Set(endpoints.map(({ id }) => id));
  return [
    ...endpoints.map((endpoint) => ({ names: namesOf(endpoint), endpoint })),
    ...interfaces
      .filter(({ id }) => !own.has(id))
      .map((endpoint) => ({
        names: [endpoint.label],
        endpoint: { ...endpoint, prefixes: [...endpoint.prefixes] },
      })),
  ];
}

/** The clearest name first: a label that is not unique contains the id. */
function namesOf({ id, label, names = {} }: PlacedEndpoint): string[] {
  const plain = label.replace(` (${id})`, "");
  const { subnet = "", virtualNetwork } = names;
  // The default naming: snet-DEPLOYMENT-COMPONENT.
  const deployment =
    subnet.startsWith("snet-") && subnet.endsWith(`-${plain}`) ? subnet.slice(5, -plain.length - 1) : "";
  const long = [deployment, virtualNetwork ?? ""]
    .filter((name) => name !== "")
    .map((name) => `${name}/${plain}`);
  return plain === label ? [label, ...long] : [...long, plain];
}
