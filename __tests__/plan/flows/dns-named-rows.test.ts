import { carriersOf } from "../../../lib/plan/flows/dns-named-rows";
import { topologyOf } from "../../../lib/plan/topology";
import { VeeamRole } from "../../../lib/ports/port-table";
import { smallestDeployment } from "../../support/deployments/sample-deployments";

const topology = topologyOf({ ...smallestDeployment(), httpProxy: { subnet: "10.20.0.32/28", port: 3128 } });
const endpointOf = (wanted: VeeamRole) => {
  const found = topology.components.find(({ role }) => role === wanted);
  if (!found) throw new Error(`no ${wanted}`);
  return found.endpoint;
};
const [server, proxy] = [endpointOf(VeeamRole.BACKUP_SERVER), endpointOf(VeeamRole.HTTP_PROXY)];

test("a machine connects through the proxy, and the proxy, or what shares its machine, straight on", () => {
  expect(carriersOf([server, proxy], topology)).toEqual([
    { from: [server], through: proxy },
    { from: [proxy], through: undefined },
  ]);
});

test("a way that no machine takes is left out", () => {
  expect(carriersOf([proxy], topology)).toEqual([{ from: [proxy], through: undefined }]);
  expect(carriersOf([server], topology, () => false)).toEqual([{ from: [server], through: proxy }]);
});
