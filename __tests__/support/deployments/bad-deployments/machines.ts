import { deploymentWithMachines } from "../sample-deployments";
import type { BadDeployment } from "./bad-deployment";

const { postgresql, httpProxy } = deploymentWithMachines();
const password = (postgresql.machine as { password?: object }).password;
const debian = {
  url: "http://mirror.example.com/debian",
  securityUrl: "http://mirror.example.com/debian-security",
};
const mirror = { ...debian, addresses: ["10.0.9.0/28"] };

/** The machine of PostgreSQL with something changed, beside the proxy's. */
const server = (machine: object, more: object = {}): Record<string, unknown> => ({
  postgresql: { ...postgresql, ...more, machine: { ...postgresql.machine, ...machine } },
  httpProxy,
});

/** The machine of the HTTP proxy alone, with something changed. */
const proxy = (machine: object, more: object = {}): Record<string, unknown> => ({
  httpProxy: { ...httpProxy, ...more, machine: { ...httpProxy.machine, ...machine } },
});

const IN_KEY_VAULT =
  "would be a password, which never stands in a file. Allowed: password as an object with secretId and vault: a secret of Azure Key Vault. Put the password into a secret of a key vault, and name the secret.";
const PACKAGES =
  "(Where packages come from, one of them; there is no default, since every default would be a way to the Internet)";

/** Machines that cannot be made, or would be made with a secret in the file. */
export const machines: readonly BadDeployment[] = [
  {
    title: "a password in the file, which the error does not repeat",
    change: server({ password: "hunter2" }),
    problems: [`postgresql.machine.password: ${IN_KEY_VAULT}`],
  },
  {
    title: "a password in the place where its secret is named",
    change: server({ password: { ...password, value: "hunter2" } }),
    problems: [`postgresql.machine.password.value: ${IN_KEY_VAULT}`],
  },
  {
    title: "passwords by other names",
    change: {
      ...server({ superuserPassword: "hunter2" }),
      ...proxy({ adminPassword: "hunter2" }),
    },
    problems: [
      `postgresql.machine.superuserPassword: ${IN_KEY_VAULT}`,
      `httpProxy.machine.adminPassword: ${IN_KEY_VAULT}`,
    ],
  },
  {
    title: "a password inside a property that nobody knows",
    change: { databases: { machine: { password: "hunter2" } } },
    problems: [
      'databases: is not known (got {"machine":{"password":"(a password)"}}). Allowed: name, location, resourceGroup, virtualNetwork, portTable, consoles, backupServer, postgresql, httpProxy, cacheRepositories, gatewayServers, backupRepositories, cacheMigration…egress, destinations, backend, tags. Leave it out.',
    ],
  },
  {
    title: "a password in an address",
    change: proxy({
      packages: { mirror: { ...mirror, url: "http://apt:hunter2@mirror.example.com/debian" } },
    }),
    problems: [
      'httpProxy.machine.packages.mirror.url: is no address of a mirror (got "http://…@mirror.example.com/debian"). Allowed: http or https, a host, and a path of letters, digits and . _ ~ -, without account or query. Write it as https://mirror.example.com/debian.',
    ],
  },
  {
    title: "a secret that is none, in a vault that is none",
    change: server({ password: { secretId: "/kv/pg", vault: "Storage" } }),
    problems: [
      'postgresql.machine.password.secretId: is no resource id of a secret without a version (got "/kv/pg"). Allowed: /subscriptions/…/providers/Microsoft.KeyVault/vaults/NAME/secrets/NAME. Take the secret\'s resource_versionless_id.',
      'postgresql.machine.password.vault: is no service tag of key vaults (got "Storage"). Allowed: "AzureKeyVault", "AzureKeyVault.WestEurope", or a list of prefixes such as ["10.0.8.4/32"]. Name the tag, or list the addresses of the vault\'s private endpoint.',
    ],
  },
  {
    title: "a password in the place of its secret's id",
    change: server({ password: { ...password, secretId: "hunter2" } }),
    problems: [
      "postgresql.machine.password.secretId: is no resource id of a secret without a version. Allowed: /subscriptions/…/providers/Microsoft.KeyVault/vaults/NAME/secrets/NAME. Take the secret's resource_versionless_id.",
    ],
  },
  {
    title: "what the secret's id says already",
    change: server({
      password: { ...password, vaultUri: "https://other.vault.azure.net/", secretName: "other" },
    }),
    problems: ["vaultUri", "secretName"].map(
      (key) =>
        `postgresql.machine.password.${key}: stands in secretId already. Allowed: secretId, vault. Leave it out.`,
    ),
  },
  {
    title: "a vault in a subnet of ours",
    change: server({ password: { ...password, vault: ["10.20.0.1/32"] } }),
    problems: [
      'postgresql.machine.password.vault[0]: is inside backupServer.subnet (10.20.0.0/27) (got "10.20.0.1/32"). Allowed: addresses outside the subnets that the deployment makes. For a role that shares the machine there, say "on"; a console on that machine needs no entry.',
    ],
  },
  {
    title: "every value wrong, at once",
    change: server({
      privateIpAddress: "10.20.0.35",
      size: "",
      adminUsername: "root",
      sshPublicKey: "-----BEGIN OPENSSH PRIVATE KEY-----",
      release: "buster",
      zone: 1,
      dataDisk: { sizeGib: 2, type: "UltraSSD_LRS", lun: 64 },
      version: 16,
      superuser: "postgres",
      tls: "yes",
    }),
    problems: [
      'postgresql.machine.size: is not what is expected here (got ""). Allowed: a text (Size of the machine: "Standard_D4s_v5"). Write what is allowed.',
      'postgresql.machine.release: is not what is expected here (got "buster"). Allowed: "trixie" or "bookworm" (Release of Debian. Default: trixie). Write what is allowed.',
      'postgresql.machine.zone: is not what is expected here (got 1). Allowed: "1" or "2" or "3" (Availability zone. Default: none). Write what is allowed.',
      "postgresql.machine.dataDisk.sizeGib: is not what is expected here (got 2). Allowed: a whole number from 4 to 32767 (Size of the disk in GiB. It can grow, and never shrinks). Write what is allowed.",
      'postgresql.machine.dataDisk.type: is not what is expected here (got "UltraSSD_LRS"). Allowed: "Premium_LRS" or "StandardSSD_LRS" (Kind of the disk. Default: Premium_LRS). Write what is allowed.',
      "postgresql.machine.dataDisk.lun: is not what is expected here (got 64). Allowed: a whole number from 0 to 63 (Logical unit number of the disk. Default: 0). Write what is allowed.",
      'postgresql.machine.tls: is not what is expected here (got "yes"). Allowed: "offered" or "required" (Whether connections have to be encrypted. Default: offered). Write what is allowed.',
      'postgresql.machine.privateIpAddress: is no address that a machine in the subnet can have (got "10.20.0.35"). Allowed: an address in 10.20.0.32/28 that is not among its first four, nor its last. Choose another.',
      'postgresql.machine.adminUsername: is a name that Azure refuses, or that the machine has already (got "root"). Allowed: a name of your own, such as azureadmin. Rename the account.',
      "postgresql.machine.sshPublicKey: is no public key that Azure takes. Allowed: one line that begins with ssh-rsa or ssh-ed25519. Write it so.",
      "postgresql.machine.version: is a version of PostgreSQL that Veeam does not support for the Entra ID repository (got 16). Allowed: 14, 15, 17. Leave the version out to get that of the Debian release.",
      'postgresql.machine.superuser: is a name that PostgreSQL or its administrator has already (got "postgres"). Allowed: a letter or underscore of lower case, then up to 62 letters, digits and underscores; not postgres, public, none, all, replication, sameuser, samerole, samegroup, and not pg_ at the start. Rename the account.',
    ],
  },
  {
    title: "nothing said of a machine",
    change: { httpProxy: { ...httpProxy, machine: {} } },
    problems: [
      "httpProxy.machine.privateIpAddress: is missing. Allowed: a text (IPv4 address of the machine, in its component's subnet). Add it.",
      'httpProxy.machine.size: is missing. Allowed: a text (Size of the machine: "Standard_D4s_v5"). Add it.',
      "httpProxy.machine.adminUsername: is missing. Allowed: a text (Name of the account that administers the machine). Add it.",
      "httpProxy.machine.sshPublicKey: is missing. Allowed: a text (Public key of that account, as OpenSSH writes it). Add it.",
      `httpProxy.machine.packages: is missing. Allowed: "image", or an object with mirror, or an object with firewall ${PACKAGES}. Add it.`,
    ],
  },
  {
    title: "a machine that is no object",
    change: { httpProxy: { ...httpProxy, machine: "Standard_D4s_v5" } },
    problems: [
      'httpProxy.machine: is not what is expected here (got "Standard_D4s_v5"). Allowed: an object with privateIpAddress, size, adminUsername, sshPublicKey, release, imageId, encryptionAtHost, zone, packages (The machine that is made in the subnet. Default: none; it is yours to bring). Write what is allowed.',
    ],
  },
  {
    title: "a property of a machine spelled almost right",
    change: proxy({ encryptionOnHost: true }),
    problems: [
      'httpProxy.machine.encryptionOnHost: is not known (got true). Allowed: privateIpAddress, size, adminUsername, sshPublicKey, release, imageId, encryptionAtHost, zone, packages. Did you mean "encryptionAtHost"? Write that.',
    ],
  },
  {
    title: "a machine of a component without one",
    change: { backupServer: { subnet: "10.20.0.0/27", machine: {} } },
    problems: ["backupServer.machine: is not known (got {}). Allowed: subnet, addresses, on…. Leave it out."],
  },
  {
    title: "a machine of a component elsewhere",
    change: proxy({}, { subnet: undefined, addresses: ["10.2.0.0/27"] }),
    problems: [
      "httpProxy.subnet: is no subnet that is made here by itself, so there is no place for a machine. Allowed: a component with a subnet of its own: not existingSubnet, addresses or on, and not inside the virtual network's resource. Give the component a subnet, or make its machine elsewhere.",
    ],
  },
  {
    title: "machines that are said to run Windows",
    change: {
      ...server({}, { type: "windows" }),
      httpProxy: { ...httpProxy, type: "windows" },
    },
    problems: ["postgresql", "httpProxy"].map(
      (component) =>
        `${component}.type: is not what runs on a machine that is made here, which is Debian (got "windows"). Allowed: "linux", which need not be written. Leave the type out, or make the machine elsewhere.`,
    ),
  },
  {
    title: "a component of another system on a machine that is made here",
    change: {
      ...proxy({}),
      gatewayServers: { gateway: { on: "httpProxy", type: "windows" } },
    },
    problems: [
      'gatewayServers.gateway.type: is not that of the machine it shares, httpProxy (linux) (got "windows"). Allowed: one operating system a machine. Leave the type out, or give the two machines of their own.',
    ],
  },
  {
    title: "a machine in a subnet that the virtual network's resource makes",
    change: { ...proxy({}), virtualNetwork: { addressSpace: ["10.20.0.0/24"], inlineSubnets: true } },
    problems: [
      "virtualNetwork.inlineSubnets: leaves no subnet of its own for a machine to be made in (got true). Allowed: false in a deployment whose machines are made with it. Leave it out, or leave the machines out.",
    ],
  },
  {
    title: "a name of which no machine's can be made",
    change: { ...proxy({}), name: "veeam_entra" },
    problems: [
      'name: makes a name that a machine cannot have (got "vm-veeam_entra-http-proxy"). Allowed: 1 to 64 letters, digits, dots and hyphens, with a letter or digit at both ends. Choose another name for the deployment.',
    ],
  },
  {
    title: "an expression for an address, an address that is none",
    change: {
      ...server({ privateIpAddress: "${var.address}" }),
      ...proxy({ privateIpAddress: "10.20.0" }),
    },
    problems: [
      'postgresql.machine.privateIpAddress: is an expression, which cannot be checked before it is deployed (got "${var.address}"). Allowed: plain values; expressions are for deployments written as code. Write the value itself.',
      'httpProxy.machine.privateIpAddress: is no IPv4 address (got "10.20.0"). Allowed: an address such as 10.20.0.4. Write the address.',
    ],
  },
  {
    title: "packages from the Internet",
    change: proxy({ packages: "internet" }),
    problems: [
      `httpProxy.machine.packages: is not what is expected here (got "internet"). Allowed: "image", or an object with mirror, or an object with firewall ${PACKAGES}. Write what is allowed.`,
    ],
  },
  {
    title: "packages from two places",
    change: proxy({ packages: { mirror, firewall: { addresses: ["10.0.9.0/28"] } } }),
    problems: [
      `httpProxy.machine.packages: is not what is expected here (got ${JSON.stringify({ mirror, firewall: { addresses: ["10.0.9.0/28"] } })}). Allowed: "image", or an object with mirror, or an object with firewall ${PACKAGES}. Write what is allowed.`,
    ],
  },
  {
    title: "a proxy that fetches its packages through itself",
    change: proxy({ packages: { httpProxy: {} } }),
    problems: [
      `httpProxy.machine.packages: is not what is expected here (got {"httpProxy":{}}). Allowed: "image", or an object with mirror, or an object with firewall ${PACKAGES}. Write what is allowed.`,
    ],
  },
  {
    title: "a mirror at no address, and one that is everywhere",
    change: proxy({ packages: { mirror: { ...mirror, url: "ftp://mirror", addresses: ["0.0.0.0/0"] } } }),
    problems: [
      'httpProxy.machine.packages.mirror.addresses[0]: open to the whole world (got "0.0.0.0/0"). Allowed: private prefixes of /8 or longer, public prefixes of /24 or longer. List the prefixes of the machines that are meant.',
      'httpProxy.machine.packages.mirror.url: is no address of a mirror (got "ftp://mirror"). Allowed: http or https, a host, and a path of letters, digits and . _ ~ -, without account or query. Write it as https://mirror.example.com/debian.',
    ],
  },
  {
    title: "a firewall without addresses, on ports that are none",
    change: proxy({ packages: { firewall: { addresses: [], ports: [0] } } }),
    problems: [
      'httpProxy.machine.packages.firewall.addresses: is empty (got []). Allowed: a list, each entry a text (IPv4 prefix, such as "10.0.9.0/28") (Prefixes to which connections are opened). Write what is allowed.',
      "httpProxy.machine.packages.firewall.ports[0]: is not what is expected here (got 0). Allowed: a whole number from 1 to 65535 (TCP port). Write what is allowed.",
    ],
  },
  {
    title: "a mirror through the proxy on a port and by an address",
    change: server({
      packages: {
        httpProxy: { url: "http://10.0.9.4/debian", securityUrl: "http://mirror.example.com:8080/" },
      },
    }),
    problems: [
      'postgresql.machine.packages.httpProxy.securityUrl: is on a port that the HTTP proxy refuses (got "http://mirror.example.com:8080/"). Allowed: port 80 by http and port 443 by https, which are not written. Leave the port out, or choose another source.',
      'postgresql.machine.packages.httpProxy.url: is no full name of a host (got "10.0.9.4"). Allowed: letters of lower case, digits, hyphens and dots: mirror.example.com. Write the name as DNS has it.',
    ],
  },
  {
    title: "packages through a proxy that is not there",
    change: { ...server({}), httpProxy: undefined },
    problems: [
      "postgresql.machine.packages.httpProxy: is the HTTP proxy, and the deployment has none. Allowed: packages through the proxy where there is httpProxy. Add httpProxy, or take the packages from elsewhere.",
    ],
  },
  {
    title: "packages through a proxy elsewhere, whose address nobody says",
    change: { ...server({}), httpProxy: { addresses: ["10.2.0.0/27"], port: 3128 } },
    problems: [
      "postgresql.machine.packages.httpProxy.proxyAddress: is missing, and neither the HTTP proxy's machine nor its addresses say it. Allowed: the private IPv4 address of the HTTP proxy. Add it, or make the HTTP proxy's machine first.",
    ],
  },
  {
    title: "packages through a proxy elsewhere, at an address where it is not",
    change: {
      ...server({ packages: { httpProxy: { ...debian, proxyAddress: "10.3.0.4" } } }),
      httpProxy: { addresses: ["10.2.0.0/27"], port: 3128 },
    },
    problems: [
      'postgresql.machine.packages.httpProxy.proxyAddress: is not where the HTTP proxy is (got "10.3.0.4"). Allowed: an address in 10.2.0.0/27. Write the address of the HTTP proxy.',
    ],
  },
  {
    title: "a proxy's address that is none, of a proxy on another's machine",
    change: {
      ...server({ packages: { httpProxy: { ...debian, proxyAddress: "10.20.0" } } }),
      httpProxy: { on: "backupServer", port: 3128 },
    },
    problems: [
      'postgresql.machine.packages.httpProxy.proxyAddress: is no IPv4 address (got "10.20.0"). Allowed: an address such as 10.20.0.4. Write the address.',
    ],
  },
  {
    title: "a proxy's address that its machine says already",
    change: server({ packages: { httpProxy: { ...debian, proxyAddress: "10.20.0.53" } } }),
    problems: [
      'postgresql.machine.packages.httpProxy.proxyAddress: is the address of a proxy whose machine is made here, which says it already (got "10.20.0.53"). Allowed: an address of a proxy that has no machine here. Leave it out.',
    ],
  },
  {
    title: "packages through a proxy that has no way to a mirror",
    change: { ...server({}), ...proxy({ packages: "image" }) },
    problems: [
      'httpProxy.machine.packages: leaves the proxy no way to the mirror of postgresql.machine.packages.httpProxy (got "image"). Allowed: an object with mirror, or an object with firewall, whose connections lead to that mirror too. Choose one of them, or take the other machine\'s packages from elsewhere.',
    ],
  },
  {
    title: "a size and an image that are none",
    change: proxy({ size: "D4s_v5", imageId: "debian-13" }),
    problems: [
      'httpProxy.machine.size: is no size of a machine (got "D4s_v5"). Allowed: one of `az vm list-sizes`, such as "Standard_D4s_v5". Write it so.',
      'httpProxy.machine.imageId: is no resource id of an image (got "debian-13"). Allowed: /subscriptions/…/resourceGroups/…/providers/Microsoft.Compute/images/NAME, or …/galleries/NAME/images/NAME with or without a version. Write it so.',
    ],
  },
  {
    title: "packages through a proxy on the machine itself",
    change: {
      postgresql,
      httpProxy: { on: "postgresql", port: 3128 },
    },
    problems: [
      'postgresql.machine.packages.httpProxy: is an HTTP proxy on this machine, which has none before its packages are there. Allowed: "image", or an object with mirror or firewall. Choose one of them, or give httpProxy a place of its own.',
    ],
  },
];
