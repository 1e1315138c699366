import type { BadDeployment } from "./bad-deployment";

/** Prefixes and addresses that are refused. */
export const prefixes: readonly BadDeployment[] = [
  {
    title: "an octet above 255",
    change: { consoles: ["10.1.256.0/24"] },
    problems: [
      'consoles[0]: is no IPv4 prefix (got "10.1.256.0/24"). Allowed: an IPv4 prefix such as "10.1.0.0/24". Write four numbers from 0 to 255 without leading zeros, a slash and a mask from 0 to 32.',
    ],
  },
  {
    title: "a leading zero, which some read as octal",
    change: { consoles: ["10.01.0.0/24"] },
    problems: [
      'consoles[0]: is no IPv4 prefix (got "10.01.0.0/24"). Allowed: an IPv4 prefix such as "10.1.0.0/24". Write four numbers from 0 to 255 without leading zeros, a slash and a mask from 0 to 32.',
    ],
  },
  {
    title: "three octets",
    change: { consoles: ["10.1.0/24"] },
    problems: [
      'consoles[0]: is no IPv4 prefix (got "10.1.0/24"). Allowed: an IPv4 prefix such as "10.1.0.0/24". Write four numbers from 0 to 255 without leading zeros, a slash and a mask from 0 to 32.',
    ],
  },
  {
    title: "a mask above 32",
    change: { consoles: ["10.1.0.0/33"] },
    problems: [
      'consoles[0]: is no IPv4 prefix (got "10.1.0.0/33"). Allowed: an IPv4 prefix such as "10.1.0.0/24". Write four numbers from 0 to 255 without leading zeros, a slash and a mask from 0 to 32.',
    ],
  },
  {
    title: "a mask in dots",
    change: { consoles: ["10.1.0.0/255.255.255.0"] },
    problems: [
      'consoles[0]: is no IPv4 prefix (got "10.1.0.0/255.255.255.0"). Allowed: an IPv4 prefix such as "10.1.0.0/24". Write four numbers from 0 to 255 without leading zeros, a slash and a mask from 0 to 32.',
    ],
  },
  {
    title: "an empty text",
    change: { consoles: [""] },
    problems: [
      'consoles[0]: is no IPv4 prefix (got ""). Allowed: an IPv4 prefix such as "10.1.0.0/24". Write four numbers from 0 to 255 without leading zeros, a slash and a mask from 0 to 32.',
    ],
  },
  {
    title: "a space",
    change: { consoles: ["10.1.0.0/24 "] },
    problems: [
      'consoles[0]: is no IPv4 prefix (got "10.1.0.0/24 "). Allowed: an IPv4 prefix such as "10.1.0.0/24". Write four numbers from 0 to 255 without leading zeros, a slash and a mask from 0 to 32.',
    ],
  },
  {
    title: "an unaligned prefix",
    change: { consoles: ["10.1.0.1/24"] },
    problems: [
      'consoles[0]: has bits set behind its mask (got "10.1.0.1/24"). Allowed: an IPv4 prefix such as "10.1.0.0/24". Did you mean "10.1.0.0/24"? Write that.',
    ],
  },
  {
    title: "an unaligned subnet",
    change: { backupServer: { subnet: "10.20.0.5/27" } },
    problems: [
      'backupServer.subnet: has bits set behind its mask (got "10.20.0.5/27"). Allowed: an IPv4 prefix such as "10.1.0.0/24". Did you mean "10.20.0.0/27"? Write that.',
    ],
  },
  {
    title: "an unaligned address space",
    change: { virtualNetwork: { addressSpace: ["10.20.0.128/24"] } },
    problems: [
      'virtualNetwork.addressSpace[0]: has bits set behind its mask (got "10.20.0.128/24"). Allowed: an IPv4 prefix such as "10.1.0.0/24". Did you mean "10.20.0.0/24"? Write that.',
    ],
  },
  {
    title: "an address without a mask",
    change: { consoles: ["10.1.0.7"] },
    problems: [
      'consoles[0]: is an address without a mask (got "10.1.0.7"). Allowed: an IPv4 prefix such as "10.1.0.0/24". Did you mean "10.1.0.7/32"? Write that.',
    ],
  },
  {
    title: "IPv6",
    change: { consoles: ["2001:db8::/32"] },
    problems: [
      'consoles[0]: IPv6 is not supported yet (got "2001:db8::/32"). Allowed: an IPv4 prefix such as "10.1.0.0/24". Give the IPv4 addresses of the same machines.',
    ],
  },
  {
    title: "an IPv6 subnet",
    change: { backupServer: { subnet: "fd00::/64" } },
    problems: [
      'backupServer.subnet: IPv6 is not supported yet (got "fd00::/64"). Allowed: an IPv4 prefix such as "10.1.0.0/24". Give the IPv4 addresses of the same machines.',
    ],
  },
  {
    title: "an IPv6 address space",
    change: { virtualNetwork: { addressSpace: ["10.20.0.0/24", "fd00::/48"] } },
    problems: [
      'virtualNetwork.addressSpace[1]: IPv6 is not supported yet (got "fd00::/48"). Allowed: an IPv4 prefix such as "10.1.0.0/24". Give the IPv4 addresses of the same machines.',
    ],
  },
  {
    title: "a service tag",
    change: { consoles: ["Internet"] },
    problems: [
      'consoles[0]: is no prefix; service tags, names and wildcards are not accepted here (got "Internet"). Allowed: an IPv4 prefix such as "10.1.0.0/24". List the addresses themselves.',
    ],
  },
  {
    title: "the tag of the whole network",
    change: { postgresql: { addresses: ["VirtualNetwork"] } },
    problems: [
      'postgresql.addresses[0]: is no prefix; service tags, names and wildcards are not accepted here (got "VirtualNetwork"). Allowed: an IPv4 prefix such as "10.1.0.0/24". List the addresses themselves.',
    ],
  },
  {
    title: "a regional service tag",
    change: { consoles: ["Storage.WestEurope"] },
    problems: [
      'consoles[0]: is no prefix; service tags, names and wildcards are not accepted here (got "Storage.WestEurope"). Allowed: an IPv4 prefix such as "10.1.0.0/24". List the addresses themselves.',
    ],
  },
  {
    title: "the wildcard",
    change: { consoles: ["*"] },
    problems: [
      'consoles[0]: is no prefix; service tags, names and wildcards are not accepted here (got "*"). Allowed: an IPv4 prefix such as "10.1.0.0/24". List the addresses themselves.',
    ],
  },
  {
    title: "the whole world",
    change: { consoles: ["0.0.0.0/0"] },
    problems: [
      'consoles[0]: open to the whole world (got "0.0.0.0/0"). Allowed: private prefixes of /8 or longer, public prefixes of /24 or longer. List the prefixes of the machines that are meant.',
    ],
  },
  {
    title: "the whole world in two halves",
    change: { consoles: ["0.0.0.0/1", "128.0.0.0/1"] },
    problems: [
      'consoles[0]: open to a large part of the world (public and shorter than /24) (got "0.0.0.0/1"). Allowed: private prefixes of /8 or longer, public prefixes of /24 or longer. List the narrower prefixes of the machines that are meant.',
      'consoles[1]: open to a large part of the world (public and shorter than /24) (got "128.0.0.0/1"). Allowed: private prefixes of /8 or longer, public prefixes of /24 or longer. List the narrower prefixes of the machines that are meant.',
    ],
  },
  {
    title: "wider than any private network",
    change: { consoles: ["10.0.0.0/7"] },
    problems: [
      'consoles[0]: open to a large part of the world (public and shorter than /24) (got "10.0.0.0/7"). Allowed: private prefixes of /8 or longer, public prefixes of /24 or longer. List the narrower prefixes of the machines that are meant.',
    ],
  },
  {
    title: "a public network shorter than /24",
    change: { postgresql: { addresses: ["20.50.0.0/23"] } },
    problems: [
      'postgresql.addresses[0]: open to a large part of the world (public and shorter than /24) (got "20.50.0.0/23"). Allowed: private prefixes of /8 or longer, public prefixes of /24 or longer. List the narrower prefixes of the machines that are meant.',
    ],
  },
  {
    title: "public halves that are too wide together",
    change: { consoles: ["20.50.1.0/24", "20.50.0.0/24"] },
    problems: [
      'consoles: together its entries are open to a large part of the world (public and shorter than /24) (got "20.50.0.0/23"). Allowed: private prefixes of /8 or longer, public prefixes of /24 or longer. List the narrower prefixes of the machines that are meant.',
    ],
  },
  {
    title: "public quarters that are too wide together",
    change: { consoles: ["20.50.0.0/25", "20.50.0.128/25", "20.50.1.0/24"] },
    problems: [
      'consoles: together its entries are open to a large part of the world (public and shorter than /24) (got "20.50.0.0/23"). Allowed: private prefixes of /8 or longer, public prefixes of /24 or longer. List the narrower prefixes of the machines that are meant.',
    ],
  },
  {
    title: "loopback",
    change: { consoles: ["127.0.0.0/24"] },
    problems: [
      'consoles[0]: of loopback addresses (got "127.0.0.0/24"). Allowed: private prefixes of /8 or longer, public prefixes of /24 or longer. List the prefixes of the machines that are meant.',
    ],
  },
  {
    title: "link-local",
    change: { consoles: ["169.254.169.254/32"] },
    problems: [
      'consoles[0]: of link-local addresses (got "169.254.169.254/32"). Allowed: private prefixes of /8 or longer, public prefixes of /24 or longer. List the prefixes of the machines that are meant.',
    ],
  },
  {
    title: "Azure's own services",
    change: { consoles: ["168.63.129.16/32"] },
    problems: [
      'consoles[0]: of the address of Azure\'s own services (got "168.63.129.16/32"). Allowed: private prefixes of /8 or longer, public prefixes of /24 or longer. List the prefixes of the machines that are meant.',
    ],
  },
  {
    title: "multicast",
    change: { consoles: ["224.0.0.0/24"] },
    problems: [
      'consoles[0]: of multicast addresses (got "224.0.0.0/24"). Allowed: private prefixes of /8 or longer, public prefixes of /24 or longer. List the prefixes of the machines that are meant.',
    ],
  },
  {
    title: "reserved addresses",
    change: { consoles: ["255.255.255.255/32"] },
    problems: [
      'consoles[0]: of reserved addresses (got "255.255.255.255/32"). Allowed: private prefixes of /8 or longer, public prefixes of /24 or longer. List the prefixes of the machines that are meant.',
    ],
  },
  {
    title: "this network",
    change: { consoles: ["0.0.0.0/32"] },
    problems: [
      'consoles[0]: of addresses of this network (got "0.0.0.0/32"). Allowed: private prefixes of /8 or longer, public prefixes of /24 or longer. List the prefixes of the machines that are meant.',
    ],
  },
  {
    title: "two subnets that are one",
    change: { postgresql: { subnet: "10.20.0.0/27" } },
    problems: [
      'postgresql.subnet: overlaps backupServer.subnet (10.20.0.0/27) (got "10.20.0.0/27"). Allowed: subnets that share no address. Give the two prefixes that share no address.',
    ],
  },
  {
    title: "two subnets that overlap",
    change: { postgresql: { subnet: "10.20.0.16/28" } },
    problems: [
      'postgresql.subnet: overlaps backupServer.subnet (10.20.0.0/27) (got "10.20.0.16/28"). Allowed: subnets that share no address. Give the two prefixes that share no address.',
    ],
  },
  {
    title: "an address space that overlaps itself",
    change: { virtualNetwork: { addressSpace: ["10.20.0.0/24", "10.20.0.128/25"] } },
    problems: [
      'virtualNetwork.addressSpace[1]: overlaps virtualNetwork.addressSpace[0] (10.20.0.0/24) (got "10.20.0.128/25"). Allowed: prefixes that share no address. Give the two prefixes that share no address.',
    ],
  },
  {
    title: "a subnet out of the address space",
    change: { backupServer: { subnet: "10.21.0.0/27" } },
    problems: [
      'backupServer.subnet: is out of the virtual network\'s address space (got "10.21.0.0/27"). Allowed: prefixes inside 10.20.0.0/24. Move the subnet, or widen the address space.',
    ],
  },
  {
    title: "a subnet wider than the address space",
    change: { backupServer: { subnet: "10.20.0.0/23" } },
    problems: [
      'backupServer.subnet: is out of the virtual network\'s address space (got "10.20.0.0/23"). Allowed: prefixes inside 10.20.0.0/24. Move the subnet, or widen the address space.',
    ],
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
    problems: [
      'backupServer.subnet: is out of the virtual network\'s address space (got "10.20.0.0/27"). Allowed: prefixes inside 10.30.0.0/24. Move the subnet, or widen the address space.',
    ],
  },
  {
    title: "a subnet smaller than /29",
    change: { backupServer: { subnet: "10.20.0.0/30" } },
    problems: [
      'backupServer.subnet: is too small for a subnet (got "10.20.0.0/30"). Allowed: prefixes of /29 or wider, because Azure keeps five addresses of each subnet. Give it a mask of 29 or less.',
    ],
  },
  {
    title: "an address of ours elsewhere",
    change: { postgresql: { addresses: ["10.20.0.4/32"] } },
    problems: [
      'postgresql.addresses[0]: is inside backupServer.subnet (10.20.0.0/27) (got "10.20.0.4/32"). Allowed: addresses outside the subnets that the deployment makes. For a role that shares the machine there, say "on"; a console on that machine needs no entry.',
    ],
  },
  {
    title: "an entry elsewhere that holds a subnet of ours",
    change: { postgresql: { addresses: ["10.20.0.0/16"] } },
    problems: [
      'postgresql.addresses[0]: holds backupServer.subnet (10.20.0.0/27) (got "10.20.0.0/16"). Allowed: addresses outside the subnets that the deployment makes. Narrow the prefix to the machines that are meant; it would let in every machine of that subnet.',
    ],
  },
  {
    title: "consoles in a subnet of ours",
    change: { consoles: ["10.20.0.8/29"] },
    problems: [
      'consoles[0]: is inside backupServer.subnet (10.20.0.0/27) (got "10.20.0.8/29"). Allowed: addresses outside the subnets that the deployment makes. For a role that shares the machine there, say "on"; a console on that machine needs no entry.',
    ],
  },
  {
    title: "consoles that hold a subnet of ours",
    change: { consoles: ["10.0.0.0/8"] },
    problems: [
      'consoles[0]: holds backupServer.subnet (10.20.0.0/27) (got "10.0.0.0/8"). Allowed: addresses outside the subnets that the deployment makes. Narrow the prefix to the machines that are meant; it would let in every machine of that subnet.',
    ],
  },
  {
    title: "no addresses",
    change: { postgresql: { addresses: [] } },
    problems: [
      'postgresql.addresses: is empty (got []). Allowed: one or more IPv4 prefixes, such as ["10.1.0.0/24"]. List the addresses.',
    ],
  },
  {
    title: "an address space without prefixes",
    change: { virtualNetwork: { addressSpace: [] } },
    problems: [
      'virtualNetwork.addressSpace: is empty (got []). Allowed: one or more IPv4 prefixes, such as ["10.20.0.0/24"]. List the prefixes of the virtual network.',
    ],
  },
  {
    title: "a world-wide address space",
    change: { virtualNetwork: { addressSpace: ["0.0.0.0/0"] } },
    problems: [
      'virtualNetwork.addressSpace[0]: open to the whole world (got "0.0.0.0/0"). Allowed: private prefixes of /8 or longer, public prefixes of /24 or longer. List the prefixes of the machines that are meant.',
    ],
  },
  {
    title: "a DNS server with a mask",
    change: { virtualNetwork: { addressSpace: ["10.20.0.0/24"], dnsServers: ["10.0.0.4/32"] } },
    problems: [
      'virtualNetwork.dnsServers[0]: is no IPv4 address (got "10.0.0.4/32"). Allowed: IPv4 addresses without a mask, such as "10.0.0.4", each once. Did you mean "10.0.0.4"? Write that.',
    ],
  },
  {
    title: "a DNS server by name",
    change: { virtualNetwork: { addressSpace: ["10.20.0.0/24"], dnsServers: ["dns.example.com"] } },
    problems: [
      'virtualNetwork.dnsServers[0]: is no IPv4 address (got "dns.example.com"). Allowed: IPv4 addresses without a mask, such as "10.0.0.4", each once. Give the server\'s address.',
    ],
  },
  {
    title: "a DNS server twice",
    change: { virtualNetwork: { addressSpace: ["10.20.0.0/24"], dnsServers: ["10.0.0.4", "10.0.0.4"] } },
    problems: [
      'virtualNetwork.dnsServers[1]: is there twice (got "10.0.0.4"). Allowed: IPv4 addresses without a mask, such as "10.0.0.4", each once. Leave one of the two out.',
    ],
  },
  {
    title: "a DNS server with IPv6",
    change: { virtualNetwork: { addressSpace: ["10.20.0.0/24"], dnsServers: ["fd00::53"] } },
    problems: [
      'virtualNetwork.dnsServers[0]: IPv6 is not supported yet (got "fd00::53"). Allowed: IPv4 addresses without a mask, such as "10.0.0.4", each once. Give the server\'s IPv4 address.',
    ],
  },
  {
    title: "a DNS server in a subnet of ours",
    change: { virtualNetwork: { addressSpace: ["10.20.0.0/24"], dnsServers: ["10.20.0.4"] } },
    problems: [
      'virtualNetwork.dnsServers[0]: is inside backupServer.subnet (10.20.0.0/27) (got "10.20.0.4"). Allowed: IPv4 addresses without a mask, such as "10.0.0.4", each once. Give the address of a DNS server outside the subnets made here.',
    ],
  },
];
