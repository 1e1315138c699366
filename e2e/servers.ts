import { readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { debianRoot, ROOT_COMMANDS } from "../__tests__/machines/support/debian-root";
import { eventually, Machine } from "../__tests__/machines/support/machine";
import { parseUserData } from "../__tests__/machines/support/user-data";
import { Lab } from "./lab";
import { rulesetOf } from "./ruleset";
import { WITH_SERVERS } from "./scenarios";
import { tagPrefixes } from "./service-tags";
import { readStack, type StackNetwork } from "./stack";
import type { Check } from "./stateful";
import { synthesize, workFolder } from "./synthesize";

const SERVER = "10.20.0.4";
const NEIGHBOUR = "10.20.0.132";
const POSTGRESQL = {
  address: "10.20.0.36",
  subnet: "10.20.0.32/28",
  home: "/usr/local/lib/veeam-postgresql",
};
const PROXY = { address: "10.20.0.52", subnet: "10.20.0.48/28", home: "/usr/local/lib/veeam-http-proxy" };
const MICROSOFT = [
  { host: "AzureActiveDirectory", address: "20.190.128.9", name: "login.microsoftonline.com" },
  { host: "AzureResourceManager", address: "4.150.240.10", name: "management.azure.com" },
];
const PASSWORD = "of-the-stand-in-for-the-vault";
const VAULT = join(__dirname, "..", "__tests__", "machines", "fixtures", "key-vault.mjs");

/** Tools that these checks need and that are missing. @default - none is missing */
export function missingForServers(): string | undefined {
  const missing = [...ROOT_COMMANDS, "mkfs.ext4", "sfdisk"].filter(
    (command) => spawnSync("which", [command]).status !== 0,
  );
  return missing.length > 0
    ? `${missing.join(", ")} (Debian: debootstrap, e2fsprogs, fdisk, util-linux)`
    : undefined;
}

/**
 * Starts PostgreSQL and squid, each configured by the user data of a synthesized
 * machine and filtered by the rules of its subnet, and connects to them from the
 * backup server's host.
 */
export async function checkServers(): Promise<Check[]> {
  const folder = workFolder();
  const lab = Lab.create();
  try {
    const stackFile = synthesize(WITH_SERVERS, folder);
    const network = readStack(stackFile);
    const userData = userDataOf(stackFile);
    const base = debianRoot();
    const start = async (address: string, subnet?: string): Promise<Machine> => {
      const machine = await Machine.start(base);
      lab.addProcess(machine.processId, address);
      if (subnet !== undefined) filter(machine, network, subnet);
      return machine;
    };
    await Promise.all(MICROSOFT.map(({ host, address }) => lab.addHost(host, address).listen([443], [])));
    const [server, neighbour] = [
      await start(SERVER, "10.20.0.0/27"),
      await start(NEIGHBOUR, "10.20.0.128/27"),
    ];
    const postgresql = await start(POSTGRESQL.address, POSTGRESQL.subnet);
    const proxy = await start(PROXY.address, PROXY.subnet);
    await configurePostgresql(postgresql, userData.postgresql, folder);
    await configureProxy(proxy, userData.httpProxy);
    const check = (name: string, outcome: string, wanted: RegExp): Check =>
      wanted.test(outcome) ? { name } : { name, fault: outcome.trim().slice(-300) };
    return [
      check("PostgreSQL answers the backup server over TLS", psql(server, PASSWORD), /^TLSv1\.[23]$/m),
      check("PostgreSQL refuses a wrong password", psql(server, "wrong"), /password authentication failed/),
      check(
        "PostgreSQL cannot be reached from a repository",
        psql(neighbour, PASSWORD),
        /Connection refused|timeout|unreachable/i,
      ),
      ...MICROSOFT.map(({ host, name }) =>
        check(
          `squid connects the backup server to ${name}`,
          connect(server, name),
          new RegExp(`^HTTP/1\\.1 200[^]*${host}`),
        ),
      ),
      check("squid refuses another name", connect(server, "www.example.com"), /^HTTP\/1\.1 403/),
      check(
        "squid cannot be reached from a repository",
        connect(neighbour, MICROSOFT[0].name),
        /refused|unreachable|timed out/i,
      ),
      check(
        "the backup server reaches Microsoft only through squid",
        direct(server, MICROSOFT[0].address),
        /refused|unreachable|timed out/i,
      ),
    ];
  } finally {
    await Machine.stopAll();
    lab.destroy();
    rmSync(folder, { recursive: true, force: true });
  }
}

function filter(machine: Machine, { subnets, addressSpace }: StackNetwork, subnet: string): void {
  const rules = subnets.find(({ prefix }) => prefix === subnet)?.rules ?? [];
  const { status, stderr } = spawnSync(
    "nsenter",
    ["--target", machine.processId, "--net", "nft", "-f", "-"],
    { encoding: "utf8", input: rulesetOf(rules, tagPrefixes(addressSpace)) },
  );
  if (status !== 0) throw new Error(`nft: ${stderr}`);
}

/** The user data of the machines of a stack, with an id of the identity, which only Azure knows. */
function userDataOf(stackFile: string): { postgresql: string; httpProxy: string } {
  const { resource } = JSON.parse(readFileSync(stackFile, "utf8")) as {
    resource: { azurerm_linux_virtual_machine: Record<string, { name: string; custom_data: string }> };
  };
  const machines = Object.values(resource.azurerm_linux_virtual_machine);
  const of = (end: string): string => {
    const custom = machines.find(({ name }) => name.endsWith(end))?.custom_data ?? "";
    const plain = (encoded: string): string => Buffer.from(encoded, "base64").toString();
    if (!custom.startsWith("${")) return plain(custom);
    // Between the parts is the id of the machine's identity.
    const parts = [...custom.matchAll(/base64decode\("([^"]+)"\)/g)].map(([, encoded]) => plain(encoded));
    return parts.join("00000000-0000-0000-0000-000000000000");
  };
  return { postgresql: of("-postgresql"), httpProxy: of("-http-proxy") };
}

async function configurePostgresql(machine: Machine, userData: string, folder: string): Promise<void> {
  machine.applyUserData(userData);
  const settings = machine.path(`${POSTGRESQL.home}/settings`);
  const here = { IMDS_URL: "http://127.0.0.1:8001", VAULT_URL: "http://127.0.0.1:8001" };
  const changed = Object.entries(here).reduce(
    (text, [name, value]) => text.replace(new RegExp(`^${name}=.*$`, "m"), `${name}='${value}'`),
    readFileSync(settings, "utf8"),
  );
  writeFileSync(settings, changed);
  const vault = machine.beginInNetwork([process.execPath, VAULT, "8001", PASSWORD, "0"]);
  await eventually("the stand-in for the vault listens", () => vault.output().includes("listening"));
  const disk = join(folder, "disk");
  writeFileSync(disk, "");
  truncateSync(disk, 384 * 1024 * 1024);
  machine.link(machine.attach(disk));
  machine.must(`${POSTGRESQL.home}/configure.sh`);
}

async function configureProxy(machine: Machine, userData: string): Promise<void> {
  machine.applyUserData(userData);
  const hosts = MICROSOFT.map(({ address, name }) => `${address} ${name}\n`);
  machine.write("/etc/hosts", `127.0.0.1 localhost\n${hosts.join("")}`);
  machine.must(`${PROXY.home}/configure.sh`);
  const unit = parseUserData(userData).write_files.find(({ path }) =>
    path.endsWith("/squid.service.d/veeam.conf"),
  );
  const [, command = ""] = /^ExecStart=(\/.+)$/m.exec(unit?.content ?? "") ?? [];
  machine.begin(`exec ${command}`);
  await eventually("squid listens", () => machine.run(`exec 3<>/dev/tcp/${PROXY.address}/3128`).code === 0);
}

function psql(machine: Machine, password: string): string {
  const target = `host=${POSTGRESQL.address} port=5432 user=veeam dbname=postgres sslmode=require connect_timeout=5`;
  const query = "select version from pg_stat_ssl where pid = pg_backend_pid()";
  return machine.run(`PGPASSWORD='${password}' psql --no-psqlrc -At -c '${query}' '${target}'`).output;
}

/** Asks the proxy for a connection. @returns its answer, and the first words of the other end */
function connect(machine: Machine, name: string): string {
  const request = `CONNECT ${name}:443 HTTP/1.1\\r\\nHost: ${name}:443\\r\\n\\r\\n`;
  return machine.run(
    `timeout 20 bash -c "exec 3<>/dev/tcp/${PROXY.address}/3128 && printf '${request}' >&3 && timeout 4 cat <&3"`,
  ).output;
}

function direct(machine: Machine, address: string): string {
  return machine.run(`timeout 10 bash -c "exec 3<>/dev/tcp/${address}/443" 2>&1`).output;
}
