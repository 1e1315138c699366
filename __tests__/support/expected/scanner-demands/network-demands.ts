import type { Resource, Resources } from "../../tools/resources";
import { every, type ScannerDemand } from "./scanner-demand";

const EVERYBODY = ["*", "0.0.0.0", "0.0.0.0/0", "::/0", "/0", "internet", "any"];

/** Every rule of a stack, in its group or by itself. */
function rulesOf(resources: Resources): Resource[] {
  return [
    ...(resources.azurerm_network_security_group ?? []).flatMap(
      (group) => (group.security_rule as Resource[] | null) ?? [],
    ),
    ...(resources.azurerm_network_security_rule ?? []),
  ];
}

function listed(rule: Resource, one: string, many: string): string[] {
  return [rule[one] as string | null, ...((rule[many] as string[] | null) ?? [])].filter(
    (value): value is string => typeof value === "string",
  );
}

/** Whether a rule lets in everybody, or lets out to everybody. */
function isOpenToEverybody(rule: Resource, direction: "Inbound" | "Outbound"): boolean {
  const side = direction === "Inbound" ? "source" : "destination";
  return (
    rule.access === "Allow" &&
    rule.direction === direction &&
    listed(rule, `${side}_address_prefix`, `${side}_address_prefixes`).some((prefix) =>
      EVERYBODY.includes(prefix.toLowerCase()),
    )
  );
}

function hasPort(rule: Resource, port: number): boolean {
  return listed(rule, "destination_port_range", "destination_port_ranges").some((range) => {
    if (range === "*") return true;
    const [from, to = from] = range.split("-").map(Number);
    return from <= port && port <= to;
  });
}

const noneFromEverybody =
  (fits: (rule: Resource) => boolean) =>
  (resources: Resources): boolean =>
    !rulesOf(resources).some((rule) => isOpenToEverybody(rule, "Inbound") && fits(rule));

const isTcp = (rule: Resource): boolean => ["Tcp", "*"].includes(String(rule.protocol));

// FTP, Telnet, SMTP, DNS, POP3, RPC, NetBIOS, IMAP, SNMP, LDAP and databases.
const SENSITIVE_PORTS = [
  20, 21, 23, 25, 53, 110, 135, 139, 143, 161, 389, 636, 993, 995, 1433, 1521, 3306, 5432, 6379,
];

const addressesOf = (text: string): [first: number, last: number] => {
  const [address, length = "32"] = text.split("/");
  const first = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  return [first, first + 2 ** (32 - Number(length)) - 1];
};

/**
 * What checkov and trivy demand of groups, their rules, subnets and networks.
 *
 * Sources: https://www.checkov.io/5.Policy%20Index/terraform.html and
 * https://github.com/aquasecurity/trivy-checks/tree/main/checks/cloud/azure/network
 */
export function networkDemands(): readonly ScannerDemand[] {
  const noRdp = noneFromEverybody((rule) => isTcp(rule) && hasPort(rule, 3389));
  const noSsh = noneFromEverybody((rule) => isTcp(rule) && hasPort(rule, 22));
  return [
    { id: "CKV_AZURE_9", demand: "no RDP from the Internet", holds: noRdp },
    { id: "CKV_AZURE_10", demand: "no SSH from the Internet", holds: noSsh },
    {
      id: "CKV_AZURE_77",
      demand: "no UDP from the Internet",
      holds: noneFromEverybody((rule) => ["Udp", "*"].includes(String(rule.protocol))),
    },
    {
      id: "CKV_AZURE_160",
      demand: "no HTTP from the Internet",
      holds: noneFromEverybody((rule) => isTcp(rule) && hasPort(rule, 80)),
    },
    {
      id: "CKV2_AZURE_31",
      demand: "a subnet has a security group",
      holds: (resources) => {
        const filtered = (resources.azurerm_subnet_network_security_group_association ?? []).length;
        const inline = (resources.azurerm_virtual_network ?? []).flatMap(
          (network) => (network.subnet as Resource[] | null) ?? [],
        );
        return (
          (resources.azurerm_subnet ?? []).length === filtered &&
          inline.every((subnet) => typeof subnet.security_group === "string" && subnet.security_group !== "")
        );
      },
    },
    {
      id: "CKV_AZURE_182",
      demand: "a network has no single DNS server",
      holds: every(
        "azurerm_virtual_network",
        (network) => ((network.dns_servers as string[] | null) ?? []).length !== 1,
      ),
    },
    {
      id: "CKV_AZURE_183",
      demand: "the DNS servers of a network are in it",
      holds: every("azurerm_virtual_network", (network) => {
        const servers = (network.dns_servers as string[] | null) ?? [];
        return (
          servers.length === 0 ||
          (network.address_space as string[])
            .map(addressesOf)
            .some(([first, last]) =>
              servers.map(addressesOf).some(([server]) => first <= server && server <= last),
            )
        );
      }),
      exception: "the domain's DNS servers, which somebody named, are in a hub or on premises as a rule",
    },
    { id: "AZU-0047", demand: "nothing is open to everybody", holds: noneFromEverybody(() => true) },
    { id: "AZU-0048", demand: "no RDP from the Internet", holds: noRdp },
    { id: "AZU-0050", demand: "no SSH from the Internet", holds: noSsh },
    {
      id: "AZU-0051",
      demand: "nothing leads to everywhere",
      holds: (resources) => !rulesOf(resources).some((rule) => isOpenToEverybody(rule, "Outbound")),
    },
    {
      id: "AZU-0074",
      demand: "no sensitive port is open to everybody",
      holds: noneFromEverybody((rule) => SENSITIVE_PORTS.some((port) => hasPort(rule, port))),
    },
  ];
}
