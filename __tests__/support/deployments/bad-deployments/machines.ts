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

/** Machines that cannot be made, or would be made with a secret in the file. */
export const machines: readonly BadDeployment[] = [
  {
    title: "a password in the file, which the error does not repeat",
    change: server({ password: "hunter2" }),
    problems: ["password-in-file postgresql.machine.password"],
  },
  {
    title: "a password in the place where its secret is named",
    change: server({ password: { ...password, value: "hunter2" } }),
    problems: ["password-in-file postgresql.machine.password.value"],
  },
  {
    title: "passwords by other names",
    change: {
      ...server({ superuserPassword: "hunter2" }),
      ...proxy({ adminPassword: "hunter2" }),
    },
    problems: [
      "password-in-file postgresql.machine.superuserPassword",
      "password-in-file httpProxy.machine.adminPassword",
    ],
  },
  {
    title: "a password inside a property that nobody knows",
    change: { databases: { machine: { password: "hunter2" } } },
    problems: ["unknown-property databases"],
  },
  {
    title: "a password in an address",
    change: proxy({
      packages: { mirror: { ...mirror, url: "http://apt:hunter2@mirror.example.com/debian" } },
    }),
    problems: ["url-invalid httpProxy.machine.packages.mirror.url"],
  },
  {
    title: "an invalid secret, in an invalid vault",
    change: server({ password: { secretId: "/kv/pg", vault: "Storage" } }),
    problems: [
      "id-invalid postgresql.machine.password.secretId",
      "service-tag-invalid postgresql.machine.password.vault",
    ],
  },
  {
    title: "a password in the place of its secret's id",
    change: server({ password: { ...password, secretId: "hunter2" } }),
    problems: ["id-invalid postgresql.machine.password.secretId"],
  },
  {
    title: "what the secret's id says already",
    change: server({
      password: { ...password, vaultUri: "https://other.vault.azure.net/", secretName: "other" },
    }),
    problems: [
      "unknown-property postgresql.machine.password.vaultUri",
      "unknown-property postgresql.machine.password.secretName",
    ],
  },
  {
    title: "a vault in a subnet of ours",
    change: server({ password: { ...password, vault: ["10.20.0.1/32"] } }),
    problems: ["address-in-subnet postgresql.machine.password.vault[0]"],
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
      "empty postgresql.machine.size",
      "wrong-type postgresql.machine.release",
      "wrong-type postgresql.machine.zone",
      "wrong-type postgresql.machine.dataDisk.sizeGib",
      "wrong-type postgresql.machine.dataDisk.type",
      "wrong-type postgresql.machine.dataDisk.lun",
      "wrong-type postgresql.machine.tls",
    ],
  },
  {
    title: "nothing said of a machine",
    change: { httpProxy: { ...httpProxy, machine: {} } },
    problems: [
      "missing httpProxy.machine.privateIpAddress",
      "missing httpProxy.machine.size",
      "missing httpProxy.machine.adminUsername",
      "missing httpProxy.machine.sshPublicKey",
      "missing httpProxy.machine.packages",
    ],
  },
  {
    title: "a machine that is not an object",
    change: { httpProxy: { ...httpProxy, machine: "Standard_D4s_v5" } },
    problems: ["wrong-type httpProxy.machine"],
  },
  {
    title: "a property of a machine spelled almost right",
    change: proxy({ encryptionOnHost: true }),
    problems: ["unknown-property httpProxy.machine.encryptionOnHost"],
  },
  {
    title: "a machine of the backup server without anything",
    change: { backupServer: { subnet: "10.20.0.0/27", machine: {} } },
    problems: [
      "missing backupServer.machine.privateIpAddress",
      "missing backupServer.machine.size",
      "missing backupServer.machine.source",
    ],
  },
  {
    title: "a machine of a component elsewhere",
    change: proxy({}, { subnet: undefined, addresses: ["10.2.0.0/27"] }),
    problems: ["machine-without-subnet httpProxy.subnet"],
  },
  {
    title: "machines that are said to run Windows",
    change: {
      ...server({}, { type: "windows" }),
      httpProxy: { ...httpProxy, type: "windows" },
    },
    problems: ["type-unsupported httpProxy.type", "type-unsupported postgresql.type"],
  },
  {
    title: "a component of another system on a machine that is made here",
    change: {
      ...proxy({}),
      gatewayServers: { gateway: { on: "httpProxy", type: "windows" } },
    },
    problems: ["type-differs-from-host gatewayServers.gateway.type"],
  },
  {
    title: "a machine in a subnet that the virtual network's resource makes",
    change: { ...proxy({}), virtualNetwork: { addressSpace: ["10.20.0.0/24"], inlineSubnets: true } },
    problems: ["inline-subnets-with-machine virtualNetwork.inlineSubnets"],
  },
  {
    title: "a name of which no machine's can be made",
    change: { ...proxy({}), name: "veeam_entra" },
    problems: ["text-invalid name"],
  },
  {
    title: "an expression for an address, an invalid address",
    change: {
      ...server({ privateIpAddress: "${var.address}" }),
      ...proxy({ privateIpAddress: "10.20.0" }),
    },
    problems: ["expression postgresql.machine.privateIpAddress"],
  },
  {
    title: "packages from the Internet",
    change: proxy({ packages: "internet" }),
    problems: ["wrong-type httpProxy.machine.packages"],
  },
  {
    title: "packages from two places",
    change: proxy({ packages: { mirror, firewall: { addresses: ["10.0.9.0/28"] } } }),
    problems: ["wrong-type httpProxy.machine.packages"],
  },
  {
    title: "a proxy that fetches its packages through itself",
    change: proxy({ packages: { httpProxy: {} } }),
    problems: ["wrong-type httpProxy.machine.packages"],
  },
  {
    title: "a mirror at no address, and one that is everywhere",
    change: proxy({ packages: { mirror: { ...mirror, url: "ftp://mirror", addresses: ["0.0.0.0/0"] } } }),
    problems: [
      "prefix-too-wide httpProxy.machine.packages.mirror.addresses[0]",
      "url-invalid httpProxy.machine.packages.mirror.url",
    ],
  },
  {
    title: "a firewall without addresses, on invalid ports",
    change: proxy({ packages: { firewall: { addresses: [], ports: [0] } } }),
    problems: [
      "empty httpProxy.machine.packages.firewall.addresses",
      "wrong-type httpProxy.machine.packages.firewall.ports[0]",
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
      "port-refused postgresql.machine.packages.httpProxy.securityUrl",
      "host-name-invalid postgresql.machine.packages.httpProxy.url",
    ],
  },
  {
    title: "packages through a proxy that is not there",
    change: { ...server({}), httpProxy: undefined },
    problems: ["http-proxy-missing postgresql.machine.packages.httpProxy"],
  },
  {
    title: "packages through a proxy elsewhere, whose address nobody says",
    change: { ...server({}), httpProxy: { addresses: ["10.2.0.0/27"], port: 3128 } },
    problems: ["missing postgresql.machine.packages.httpProxy.proxyAddress"],
  },
  {
    title: "packages through a proxy elsewhere, at an address where it is not",
    change: {
      ...server({ packages: { httpProxy: { ...debian, proxyAddress: "10.3.0.4" } } }),
      httpProxy: { addresses: ["10.2.0.0/27"], port: 3128 },
    },
    problems: ["address-elsewhere postgresql.machine.packages.httpProxy.proxyAddress"],
  },
  {
    title: "an invalid address of a proxy on another component's machine",
    change: {
      ...server({ packages: { httpProxy: { ...debian, proxyAddress: "10.20.0" } } }),
      httpProxy: { on: "backupServer", port: 3128 },
    },
    problems: ["address-invalid postgresql.machine.packages.httpProxy.proxyAddress"],
  },
  {
    title: "a proxy's address that its machine says already",
    change: server({ packages: { httpProxy: { ...debian, proxyAddress: "10.20.0.53" } } }),
    problems: ["address-repeated postgresql.machine.packages.httpProxy.proxyAddress"],
  },
  {
    title: "packages through a proxy that has no way to a mirror",
    change: { ...server({}), ...proxy({ packages: "image" }) },
    problems: ["mirror-unreachable httpProxy.machine.packages"],
  },
  {
    title: "an invalid size and an invalid image",
    change: proxy({ size: "D4s_v5", imageId: "debian-13" }),
    problems: ["text-invalid httpProxy.machine.size", "text-invalid httpProxy.machine.imageId"],
  },
  {
    title: "packages through a proxy on the machine itself",
    change: {
      postgresql,
      httpProxy: { on: "postgresql", port: 3128 },
    },
    problems: ["http-proxy-on-itself postgresql.machine.packages.httpProxy"],
  },
];
