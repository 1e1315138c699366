import type { Problem } from "../../base/problem";
import { MANAGED_DATABASE } from "../checks/managed-database";

/** Why a property that a person might look for is not there. */
interface Unsupported extends Pick<Problem, "code" | "what" | "change"> {
  /** Paths of properties: `backupProxies`, `postgresql.flexibleServer`. */
  readonly pattern: RegExp;
}

const UNSUPPORTED: readonly Unsupported[] = [
  {
    pattern: /^((remote|backup).*prox(y|ies)|proxies)$/i,
    code: "unsupported",
    what: "is not supported: Veeam Backup for Microsoft Entra ID has no remote backup proxies, the backup server is the only one",
    change: "Leave it out; an HTTP proxy is httpProxy",
  },
  {
    pattern:
      /^((azure|managed|cloud|hosted).*(postgres|database|db|sql)|.*flexibleServer.*|rds|aurora|postgresql\.(.*(flexible|managed|azure|cloud|singleServer|rds|aurora).*))$/i,
    ...MANAGED_DATABASE,
  },
  {
    pattern: /^services\.(dns|dnsServers?|nameServers?)$/i,
    code: "unsupported",
    what: "is not supported: DNS servers are those of the virtual network",
    change: "Leave it out, and list them in virtualNetwork.dnsServers",
  },
  {
    pattern: /^[^.]*cloud/i,
    code: "unsupported",
    what: "is not supported: Veeam Backup for Microsoft Entra ID does not write to Cloud Connect repositories",
    change: "Leave it out, and name other backup repositories",
  },
  {
    pattern: /^(entraId|postgresql?)(Servers|Repositories|s)$/i,
    code: "unsupported",
    what: "is not supported: Veeam supports one repository of Microsoft Entra ID",
    change: "Leave it out, and describe the one in postgresql",
  },
];

/** The reason against a property of the deployment, by its path, that Veeam's limits leave no room for. */
export function unsupportedProperty(path: string): Unsupported | undefined {
  return UNSUPPORTED.find(({ pattern }) => pattern.test(path));
}
