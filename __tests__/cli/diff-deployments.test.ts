import { ExitCode } from "../../lib/cli/exit-code";
import { fullDeployment, smallestDeployment } from "../support/deployments/sample-deployments";
import { veeamPorts } from "../support/tools/fake-io";

const file = (deployment: object): string => JSON.stringify({ context: { entraIdBackup: deployment } });

function diff(before: object, after: object, ...options: string[]): ReturnType<typeof veeamPorts> {
  const files = { "old.json": file(before), "new.json": file(after) };
  return veeamPorts(["diff", "--deployment", "old.json", "new.json", ...options], files);
}

test("a console more opens connections, and changes one group in place", async () => {
  const { out, exitCode } = await diff(smallestDeployment(), {
    ...smallestDeployment(),
    consoles: ["10.1.0.0/24", "10.1.9.0/24"],
  });
  expect(out).toBe(
    [
      "Connections:",
      "  + 10.1.9.0/24 -> 10.20.0.0/27, TCP ports 443 and 9419",
      "",
      "Resources:",
      "  update network security group nsg-veeam-entra-backup-server (security_rule)",
      "",
    ].join("\n"),
  );
  expect(exitCode).toBe(ExitCode.DOES_NOT_HOLD);
});

test("a removed component is listed with the steps before its removal, in Markdown too", async () => {
  const { gatewayServers: _gone, ...rest } = fullDeployment();
  const after = { ...rest, backupRepositories: { primary: { subnet: "10.20.0.128/27" } } };
  const { out } = await diff(fullDeployment(), after, "--markdown");
  expect(out).toContain(
    "### Interruptions\n\n- Subnet snet-veeam-entra-gateway-server-gw1 is deleted, and Terraform removes",
  );
  expect(out).toMatch(/### Connections\n\n```diff\n(- .*\n)+```\n/);
  expect(out).toContain("- delete network security group nsg-veeam-entra-gateway-server-gw1");
});

test("a component named under removed keeps its group until its subnet is gone", async () => {
  const { gatewayServers: _gone, ...rest } = fullDeployment();
  const after = { ...rest, backupRepositories: { primary: { subnet: "10.20.0.128/27" } } };
  const { out } = await diff(fullDeployment(), { ...after, removed: ["gatewayServers.gw1"] });
  expect(out).toContain("gateway-server-gw1 is deleted while its group is attached");
  const subnet = "snet-veeam-entra-gateway-server-gw1";
  expect(out).toContain(`remove from the state only: subnet network security group association ${subnet}\n`);
});

test("two components that swap their prefixes are listed as a change that Azure refuses, in JSON too", async () => {
  const swapped = {
    ...fullDeployment(),
    cacheRepositories: { cache: { subnet: "10.20.1.0/27" }, "cache-new": { subnet: "10.20.0.64/27" } },
  };
  const { refused } = JSON.parse((await diff(fullDeployment(), swapped, "--json")).out) as {
    refused: string[];
  };
  expect(refused).toHaveLength(2);
  expect(refused[0]).toContain("takes addresses that");
});

test("subnets that move into a network which is replaced are announced as replaced with it", async () => {
  const network = { addressSpace: ["10.20.0.0/24"] };
  const before = { ...smallestDeployment(), virtualNetwork: network };
  const after = {
    ...before,
    resourceGroup: "rg-other",
    virtualNetwork: { ...network, inlineSubnets: true },
  };
  const { out } = await diff(before, after);
  expect(out).toContain("Subnet snet-veeam-entra-backup-server is replaced with its network.");
});

test("the same deployment twice is not a change", async () => {
  const { out, exitCode } = await diff(fullDeployment(), fullDeployment());
  expect([out, exitCode]).toEqual(["No changes.\n", ExitCode.HOLDS]);
});
