import {
  azGroup,
  azNetwork,
  azRule,
  stackWith,
  groupWith,
  rule,
  allowRule,
} from "../support/files/small-network";
import { veeamPorts } from "../support/tools/fake-io";
import { whatSettles } from "../../lib/verification/what-settles";

const outbound = (change: object = {}) => azRule({ direction: "Outbound", ...change });
const lists = (...rules: object[]) => ({
  groups: [azGroup({ securityRules: rules })],
  networks: [azNetwork()],
});
const asked = (to: string, port: string, files: Record<string, unknown>, ...more: string[]) =>
  veeamPorts(
    [
      "explain",
      "--from",
      "10.0.1.4",
      "--to",
      to,
      ...(port === "" ? [] : ["--port", port]),
      ...more,
      ...Object.keys(files),
    ],
    files,
  );

test.each<[string, string, object[], number, string]>([
  ["168.63.129.16", "53", [outbound()], 0, "no rule names AzurePlatformDNS"],
  ["169.254.169.254", "80", [outbound()], 0, "no rule names AzurePlatformIMDS"],
  ["20.118.99.224", "1688", [outbound()], 0, "no rule names AzurePlatformLKM"],
  ["20.118.99.224", "443", [outbound()], 1, "deny"],
  [
    "168.63.129.16",
    "53",
    [outbound({ destinationAddressPrefix: "AzurePlatformDNS" })],
    1,
    "depends on AzurePlatformDNS",
  ],
])("explain of Azure's own %s port %s", async (to, port, rules, code, text) => {
  const { exitCode, out } = await asked(to, port, lists(...rules));
  expect([exitCode, out]).toEqual([code, expect.stringContaining(text)]);
});

test("Windows activation takes a default route, where there is one", async () => {
  const files = { ...lists(outbound()), networks: [azNetwork({ virtualNetworkPeerings: undefined })] };
  expect((await asked("20.118.99.224", "1688", files)).exitCode).toBe(1);
});

test("an explanation lists its assumptions, and no others", async () => {
  const denied = await asked("10.0.1.5", "22", lists(outbound()));
  expect(denied.out).toContain("Security admin rules");
  expect(denied.out).not.toContain("let the connection pass");
  const { out } = await asked("10.0.1.5", "22", lists());
  expect(out).toContain(
    "The tag VirtualNetwork contains 10.0.0.0/16, and may contain other private addresses.",
  );
});

test("what is not sure names the command that settles it", async () => {
  const tag = await asked("8.8.8.8", "443", lists(outbound({ destinationAddressPrefix: "Storage" })));
  expect([tag.exitCode, tag.out]).toEqual([1, expect.stringContaining("az network list-service-tags")]);
  const json = await asked("10.0.1.5", "", lists(azRule({ destinationPortRange: "22" })), "--json");
  expect(JSON.parse(json.out)).toMatchObject({ settledBy: [expect.stringContaining("--port")] });
  const before = stackWith();
  const after = stackWith(groupWith([rule(), allowRule({ source_address_prefix: "${var.office}" })]));
  const files = { before, after };
  const diff = await veeamPorts(["diff", "before", "after"], files);
  const state = expect.stringContaining("terraform show -json > state.json") as string;
  expect([diff.exitCode, diff.out]).toEqual([1, state]);
  const differs = await veeamPorts(["diff", "--json", "before", "after"], files);
  expect(JSON.parse(differs.out)).toMatchObject({ same: false, settledBy: [state] });
});

test.each([
  ["${var.office}", "terraform show -json"],
  ["azurerm_x.y.security_rule[0], known only at apply", "terraform show -json"],
  ["${what g (not in the files) allows}", "az network nsg list"],
  ["VirtualNetwork", "az network vnet list"],
  ["whether v and w are peered", "az network vnet list"],
  ["whether v and w are connected by routes", "az network nic show-effective-route-table"],
  ["Storage.WestEurope", "az network list-service-tags"],
  ["whether 10.0.1.4 is in snet-a", "az network nic list"],
  ["whether the destination is vmss-web nic", "az network nic list"],
  ["/subscriptions/s/providers/Microsoft.Network/applicationSecurityGroups/x", "az network nic list"],
  ["the security admin rule x", "list-effective-security-admin-rules"],
  ["what nsgs.json lacks", "every page"],
  ["source port", "--source-port"],
])("%s is settled by %s", (name, command) => {
  expect(whatSettles([name, name])).toEqual([expect.stringContaining(command)]);
});
