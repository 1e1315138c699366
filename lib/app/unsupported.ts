import { MANAGED_DATABASE } from "../plan/checks/managed-database";

/** Why a property that a person might look for is not there. */
interface Unsupported {
  /** Paths of properties: `backupProxies`, `postgresql.flexibleServer`. */
  readonly pattern: RegExp;
  readonly what: string;
  readonly change: string;
}

const UNSUPPORTED: readonly Unsupported[] = [
  {
    pattern: /^((remote|backup).*prox(y|ies)|proxies)$/i,
    what: "would be remote backup proxies, which Veeam Backup for Microsoft Entra ID does not support: the backup server is the only proxy",
    change: "Leave it out; an HTTP proxy is httpProxy",
  },
  {
    pattern:
      /^((azure|managed|cloud|hosted).*(postgres|database|db|sql)|.*flexibleServer.*|rds|aurora|postgresql\.(.*(flexible|managed|azure|cloud|singleServer|rds|aurora).*))$/i,
    ...MANAGED_DATABASE,
  },
  {
    pattern: /^services\.(dns|dnsServers?|nameServers?)$/i,
    what: "would be DNS servers, which are the virtual network's",
    change: "Leave it out, and list them in virtualNetwork.dnsServers",
  },
  {
    pattern: /^[^.]*cloud/i,
    what: "would be Cloud Connect, to whose repositories Veeam Backup for Microsoft Entra ID does not write",
    change: "Leave it out, and name other backup repositories",
  },
  {
    pattern: /^(entraId|postgresql?)(Servers|Repositories|s)$/i,
    what: "would be several repositories of Microsoft Entra ID, of which Veeam supports one",
    change: "Leave it out, and describe the one in postgresql",
  },
];

/** The reason against a property of the deployment, by its path, that Veeam's limits leave no room for. */
export function unsupportedProperty(path: string): Unsupported | undefined {
  return UNSUPPORTED.find(({ pattern }) => pattern.test(path));
}
