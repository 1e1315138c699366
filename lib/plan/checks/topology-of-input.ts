import type { FlowEndpoint } from "../../azure/flow";
import type { Topology } from "../flows/topology";
import { effectiveType, hostOf } from "./component-types";
import type { DeploymentInput } from "./deployment-input";

/**
 * Who is there, for checks that ask which rows a deployment opens. Endpoints
 * have identities and no addresses: whoever shares a machine has its path.
 */
export function topologyOfInput(input: DeploymentInput): Topology {
  const { components } = input;
  return {
    features: input.features,
    components: components.map((component) => ({
      role: component.role,
      key: component.key,
      endpoint: at((hostOf(component, components) ?? component).path),
      type: effectiveType(component, components),
      gateways: component.gateways?.map((path) => {
        const gateway = components.find((candidate) => candidate.path === path);
        return at((gateway && hostOf(gateway, components))?.path ?? path);
      }),
    })),
  };
}

function at(path: string): FlowEndpoint {
  return { id: path, label: path, prefixes: [] };
}
