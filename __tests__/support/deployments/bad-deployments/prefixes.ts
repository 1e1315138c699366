import type { BadDeployment } from "./bad-deployment";

/** Prefixes and addresses that are refused. */
export const prefixes: readonly BadDeployment[] = [
  {
    title: "an octet above 255",
    change: { consoles: ["10.1.256.0/24"] },
    problems: ["prefix-invalid consoles[0]"],
  },
  {
    title: "a leading zero, which some read as octal",
    change: { consoles: ["10.01.0.0/24"] },
    problems: ["prefix-invalid consoles[0]"],
  },
  {
    title: "three octets",
    change: { consoles: ["10.1.0/24"] },
    problems: ["prefix-invalid consoles[0]"],
  },
  {
    title: "a mask above 32",
    change: { consoles: ["10.1.0.0/33"] },
    problems: ["prefix-invalid consoles[0]"],
  },
  {
    title: "a mask in dots",
    change: { consoles: ["10.1.0.0/255.255.255.0"] },
    problems: ["prefix-invalid consoles[0]"],
  },
  {
    title: "an empty text",
    change: { consoles: [""] },
    problems: ["prefix-invalid consoles[0]"],
  },
  {
    title: "a space",
    change: { consoles: ["10.1.0.0/24 "] },
    problems: ["prefix-invalid consoles[0]"],
  },
  {
    title: "an unaligned prefix",
    change: { consoles: ["10.1.0.1/24"] },
    problems: ["prefix-not-aligned consoles[0]"],
  },
  {
    title: "an unaligned subnet",
    change: { backupServer: { subnet: "10.20.0.5/27" } },
    problems: ["prefix-not-aligned backupServer.subnet"],
  },
  {
    title: "an unaligned address space",
    change: { virtualNetwork: { addressSpace: ["10.20.0.128/24"] } },
    problems: ["prefix-not-aligned virtualNetwork.addressSpace[0]"],
  },
  {
    title: "an address without a mask",
    change: { consoles: ["10.1.0.7"] },
    problems: ["prefix-without-mask consoles[0]"],
  },
  {
    title: "IPv6",
    change: { consoles: ["2001:db8::/32"] },
    problems: ["ipv6 consoles[0]"],
  },
  {
    title: "an IPv6 subnet",
    change: { backupServer: { subnet: "fd00::/64" } },
    problems: ["ipv6 backupServer.subnet"],
  },
  {
    title: "an IPv6 address space",
    change: { virtualNetwork: { addressSpace: ["10.20.0.0/24", "fd00::/48"] } },
    problems: ["ipv6 virtualNetwork.addressSpace[1]"],
  },
  {
    title: "a service tag",
    change: { consoles: ["Internet"] },
    problems: ["prefix-invalid consoles[0]"],
  },
  {
    title: "the tag of the whole network",
    change: { postgresql: { addresses: ["VirtualNetwork"] } },
    problems: ["prefix-invalid postgresql.addresses[0]"],
  },
  {
    title: "a regional service tag",
    change: { consoles: ["Storage.WestEurope"] },
    problems: ["prefix-invalid consoles[0]"],
  },
  {
    title: "the wildcard",
    change: { consoles: ["*"] },
    problems: ["prefix-invalid consoles[0]"],
  },
  {
    title: "the whole world",
    change: { consoles: ["0.0.0.0/0"] },
    problems: ["prefix-too-wide consoles[0]"],
  },
  {
    title: "the whole world in two halves",
    change: { consoles: ["0.0.0.0/1", "128.0.0.0/1"] },
    problems: ["prefix-too-wide consoles[0]", "prefix-too-wide consoles[1]"],
  },
  {
    title: "wider than any private network",
    change: { consoles: ["10.0.0.0/7"] },
    problems: ["prefix-too-wide consoles[0]"],
  },
  {
    title: "a public network shorter than /24",
    change: { postgresql: { addresses: ["20.50.0.0/23"] } },
    problems: ["prefix-too-wide postgresql.addresses[0]"],
  },
  {
    title: "public halves that are too wide together",
    change: { consoles: ["20.50.1.0/24", "20.50.0.0/24"] },
    problems: ["prefix-too-wide consoles"],
  },
  {
    title: "public quarters that are too wide together",
    change: { consoles: ["20.50.0.0/25", "20.50.0.128/25", "20.50.1.0/24"] },
    problems: ["prefix-too-wide consoles"],
  },
  {
    title: "loopback",
    change: { consoles: ["127.0.0.0/24"] },
    problems: ["prefix-special consoles[0]"],
  },
  {
    title: "link-local",
    change: { consoles: ["169.254.169.254/32"] },
    problems: ["prefix-special consoles[0]"],
  },
  {
    title: "Azure's own services",
    change: { consoles: ["168.63.129.16/32"] },
    problems: ["prefix-special consoles[0]"],
  },
  {
    title: "multicast",
    change: { consoles: ["224.0.0.0/24"] },
    problems: ["prefix-special consoles[0]"],
  },
  {
    title: "reserved addresses",
    change: { consoles: ["255.255.255.255/32"] },
    problems: ["prefix-special consoles[0]"],
  },
  {
    title: "this network",
    change: { consoles: ["0.0.0.0/32"] },
    problems: ["prefix-special consoles[0]"],
  },
  {
    title: "two subnets that are one",
    change: { postgresql: { subnet: "10.20.0.0/27" } },
    problems: ["subnet-overlap postgresql.subnet"],
  },
  {
    title: "two subnets that overlap",
    change: { postgresql: { subnet: "10.20.0.16/28" } },
    problems: ["subnet-overlap postgresql.subnet"],
  },
  {
    title: "an address space that overlaps itself",
    change: { virtualNetwork: { addressSpace: ["10.20.0.0/24", "10.20.0.128/25"] } },
    problems: ["prefix-overlap virtualNetwork.addressSpace[1]"],
  },
  {
    title: "a subnet out of the address space",
    change: { backupServer: { subnet: "10.21.0.0/27" } },
    problems: ["subnet-outside-network backupServer.subnet"],
  },
  {
    title: "a subnet wider than the address space",
    change: { backupServer: { subnet: "10.20.0.0/23" } },
    problems: ["subnet-outside-network backupServer.subnet"],
  },
  {
    title: "a subnet out of an existing network",
    change: {
      virtualNetwork: {
        existing: {
          name: "vnet-hub",
          resourceGroup: "rg-hub",
          addressSpace: ["10.30.0.0/24"],
          dnsServers: [],
        },
      },
    },
    problems: ["subnet-outside-network backupServer.subnet"],
  },
  {
    title: "a subnet smaller than /29",
    change: { backupServer: { subnet: "10.20.0.0/30" } },
    problems: ["subnet-too-small backupServer.subnet"],
  },
  {
    title: "an address of ours elsewhere",
    change: { postgresql: { addresses: ["10.20.0.4/32"] } },
    problems: ["address-in-subnet postgresql.addresses[0]"],
  },
  {
    title: "an entry elsewhere that holds a subnet of ours",
    change: { postgresql: { addresses: ["10.20.0.0/16"] } },
    problems: ["address-in-subnet postgresql.addresses[0]"],
  },
  {
    title: "consoles in a subnet of ours",
    change: { consoles: ["10.20.0.8/29"] },
    problems: ["address-in-subnet consoles[0]"],
  },
  {
    title: "consoles that hold a subnet of ours",
    change: { consoles: ["10.0.0.0/8"] },
    problems: ["address-in-subnet consoles[0]"],
  },
  {
    title: "no addresses",
    change: { postgresql: { addresses: [] } },
    problems: ["empty postgresql.addresses"],
  },
  {
    title: "an address space without prefixes",
    change: { virtualNetwork: { addressSpace: [] } },
    problems: ["empty virtualNetwork.addressSpace"],
  },
  {
    title: "a world-wide address space",
    change: { virtualNetwork: { addressSpace: ["0.0.0.0/0"] } },
    problems: ["prefix-too-wide virtualNetwork.addressSpace[0]"],
  },
  {
    title: "a DNS server with a mask",
    change: { virtualNetwork: { addressSpace: ["10.20.0.0/24"], dnsServers: ["10.0.0.4/32"] } },
    problems: ["address-invalid virtualNetwork.dnsServers[0]"],
  },
  {
    title: "a DNS server by name",
    change: { virtualNetwork: { addressSpace: ["10.20.0.0/24"], dnsServers: ["dns.example.com"] } },
    problems: ["address-invalid virtualNetwork.dnsServers[0]"],
  },
  {
    title: "a DNS server twice",
    change: { virtualNetwork: { addressSpace: ["10.20.0.0/24"], dnsServers: ["10.0.0.4", "10.0.0.4"] } },
    problems: ["duplicate virtualNetwork.dnsServers[1]"],
  },
  {
    title: "a DNS server with IPv6",
    change: { virtualNetwork: { addressSpace: ["10.20.0.0/24"], dnsServers: ["fd00::53"] } },
    problems: ["ipv6 virtualNetwork.dnsServers[0]"],
  },
  {
    title: "a DNS server in a subnet of ours",
    change: { virtualNetwork: { addressSpace: ["10.20.0.0/24"], dnsServers: ["10.20.0.4"] } },
    problems: ["address-in-subnet virtualNetwork.dnsServers[0]"],
  },
];
