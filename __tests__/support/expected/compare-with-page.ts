import type { PortTable } from "../../../lib/ports/port-table";
import type { TranscribedPage } from "./transcribed-pages";

/** What the vendor calls a machine, and what the tables call it. */
const MACHINES: Readonly<Record<string, string>> = {
  "Veeam Backup & Replication console": "console",
  "Backup server": "backup-server",
  "PostgreSQL server (Microsoft Entra ID backup repository)": "postgresql",
  "HTTP proxy server": "http-proxy",
  "Cache repository": "cache-repository",
  "Gateway server": "gateway-server",
  "Primary or secondary backup repository": "backup-repository",
  "Old cache repository, new cache repository": "migrating-cache-repositories",
};

/** What the vendor calls a service of Azure, and the tag under which Azure lists its addresses. */
const SERVICES: Readonly<Record<string, string>> = {
  "Microsoft Entra ID Services": "AzureActiveDirectory",
  "Azure Resource Manager": "AzureResourceManager",
};

/** The names and priorities that rules of a flow have for good: by its ends, and by its ports where two rows share them. */
const RULES: Readonly<Record<string, readonly [name: string, priority: number]>> = {
  "console > backup-server : 9419": ["console-to-backup-server-rest-api", 100],
  "console > backup-server": ["console-to-backup-server", 110],
  "backup-server > postgresql": ["backup-server-to-postgresql", 120],
  "backup-server > http-proxy": ["backup-server-to-http-proxy", 130],
  "backup-server > AzureActiveDirectory": ["backup-server-to-entra-id", 140],
  "backup-server > AzureResourceManager": ["backup-server-to-resource-manager", 150],
  "http-proxy > AzureActiveDirectory": ["http-proxy-to-entra-id", 160],
  "http-proxy > AzureResourceManager": ["http-proxy-to-resource-manager", 170],
  "cache-repository > gateway-server": ["cache-repository-to-gateway-server", 180],
  "cache-repository > backup-repository": ["cache-repository-to-backup-repository", 190],
  "backup-server > cache-repository": ["backup-server-to-cache-repository", 200],
  "backup-server > migrating-cache-repositories": ["backup-server-to-migrating-cache-repositories", 210],
};

/** Every way in which a table is not what the page says, cell by cell; none where it is. */
export function differences(table: PortTable, page: TranscribedPage): string[] {
  const found: string[] = [];
  const compare = (cell: string, actual: unknown, expected: unknown): void => {
    const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
    if (a !== b) found.push(`${page.revision} ${cell}: ${a}, where the page says ${b}`);
  };
  compare("revision", table.revision, page.revision);
  compare("build", table.build, page.build);
  compare("pageDate", table.pageDate, page.pageDate);
  compare("source", table.source, page.source);
  compare("number of rows", table.rows.length, page.rows.length);
  page.rows.forEach((row, index) => {
    const at = `row ${index + 1}`;
    const actual = table.rows[index];
    if (!actual) return;
    const from = MACHINES[row.from];
    const to = row.serviceTag === undefined ? MACHINES[row.to] : SERVICES[row.to];
    if (!from || !to || (row.serviceTag !== undefined && row.serviceTag !== to)) {
      throw new Error(`${page.revision} ${at}: nobody knows ${row.from} or ${row.to}`);
    }
    compare(`${at} from`, actual.from, from);
    compare(`${at} to`, actual.to, to);
    compare(`${at} protocol`, actual.protocol.toUpperCase(), row.protocol);
    compare(`${at} ports`, actual.ports, row.ports);
    compare(`${at} optional`, actual.optional, row.optional);
    const rule = RULES[`${from} > ${to} : ${row.ports.join(" ")}`] ?? RULES[`${from} > ${to}`];
    compare(`${at} name and priority`, [actual.name, actual.priority], rule);
  });
  return found;
}
