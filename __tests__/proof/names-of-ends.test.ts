import { Protocol } from "../../lib/azure/security-rule";
import { explainKnown } from "../../lib/proof/question";
import type { Network } from "../../lib/proof/network";

const network: Network = {
  endpoints: [
    { id: "a/backup-server", label: "backup-server", prefixes: ["10.0.0.0/28"], subnetGroup: "nsg-a" },
    { id: "b/backup-server", label: "backup-server", prefixes: ["10.0.1.0/28"], subnetGroup: "nsg-b" },
    { id: "b/postgresql", label: "postgresql", prefixes: ["10.0.1.16/28"], subnetGroup: "nsg-b" },
  ],
  groups: [
    { name: "nsg-a", rules: [] },
    { name: "nsg-b", rules: [] },
  ],
};

const to = (end: string) => explainKnown({ from: "postgresql", to: end, protocol: Protocol.TCP }, network);

test.each([
  ["a label of two ends", "backup-server", "a/backup-server, b/backup-server"],
  ["a group of two ends", "nsg-b", "b/backup-server, b/postgresql"],
])("%s is the name of two ends, which are listed", (_, name, ends) => {
  expect(() => to(name)).toThrow(
    `is the name of 2 ends (got "${name}"). Allowed: one of ${ends}. Write the one that you mean.`,
  );
});

test.each(["a/backup-server", "nsg-a"])("%s is one thing", (name) => {
  expect(to(name).ends.map(({ endpoint }) => endpoint)).toEqual(["postgresql", "backup-server"]);
});

test("an end is listed by the first name that only it has", () => {
  const named = network.endpoints
    .slice(0, 2)
    .map((endpoint, index) => ({ names: ["proxy", `proxy-${index + 1}`], endpoint }));
  const ask = () => explainKnown({ from: "postgresql", to: "proxy", protocol: Protocol.TCP }, network, named);
  expect(ask).toThrow("Allowed: one of proxy-1, proxy-2.");
});
