import { suggest } from "../../base/nearest";
import { type Problem, problemOf } from "../../base/problem";
import { partiesNamed } from "../../ports/party-names";
import { type PortTable, PROXY_PORT, VeeamRole } from "../../ports/port-table";
import { findPortTable, REVISIONS, revisionsThatSpeakOf, speaksOf } from "../../ports/revisions";
import { componentsOf, type Deployment, type DeploymentComponent } from "../deployment";

/** The revision that a deployment follows, and that its roles are in it. */
export function checkPortTable(revision: string, deployment: Partial<Deployment>): Problem[] {
  const table = findPortTable(revision);
  return table ? checkRoles(table, deployment) : [unknownPortTable(revision)];
}

function unknownPortTable(revision: string): Problem {
  return problemOf("port-table-unknown", "portTable", revision, {
    what: "is not a known revision of the port table",
    allowed: REVISIONS.join(", "),
    change: suggest(revision, REVISIONS, "Name one of these, or leave it out for the default"),
  });
}

/** Each role has rows in the revision chosen, and what it needs to be in them. */
function checkRoles(table: PortTable, deployment: Partial<Deployment>): Problem[] {
  const problems: Problem[] = [];
  const refuse = (path: string, what: string, party: VeeamRole | "migrating-cache-repositories"): void => {
    const revisions = revisionsThatSpeakOf(party);
    problems.push(
      problemOf("role-not-in-port-table", path, {
        what: `the port table ${table.revision} has no row for ${what}`,
        allowed: `port tables from ${revisions[0]} on`,
        change: `Set portTable to "${revisions[revisions.length - 1]}", or leave ${path} out`,
      }),
    );
  };
  const refused = new Set<VeeamRole>();
  for (const { role, path } of componentsOf(deployment)) {
    if (refused.has(role) || speaksOf(table, role)) continue;
    refused.add(role);
    // Once for the role, whichever of its components were given.
    const [property] = path.split(".");
    refuse(property, `the role ${role}`, role);
  }
  if (deployment.cacheMigration && !speaksOf(table, "migrating-cache-repositories")) {
    refuse("cacheMigration", "a change of the cache repository", "migrating-cache-repositories");
  }
  for (const proxy of componentsOf(deployment).filter(({ role }) => role === VeeamRole.HTTP_PROXY)) {
    if (proxy.port !== undefined) continue;
    problems.push(
      problemOf("missing", `${proxy.path}.port`, {
        what: "is missing, and Veeam's table has no port for the proxy of a deployment",
        allowed: "a whole number from 1 to 65535",
        change: "Give the port on which the proxy listens",
      }),
    );
  }
  return problems;
}

/** A port of the HTTP proxy other than the one that the page prints. */
export function proxyPortWarnings(table: PortTable, components: readonly DeploymentComponent[]): string[] {
  const row = table.entraId.rows.find(({ to }) => partiesNamed(to).includes(VeeamRole.HTTP_PROXY));
  return components
    .filter(({ role }) => role === VeeamRole.HTTP_PROXY)
    .flatMap(({ port, path }) =>
      row === undefined ||
      port === undefined ||
      row.ports.includes(PROXY_PORT) ||
      row.ports.includes(String(port))
        ? []
        : [
            `${path}.port: the port table ${table.revision} prints ${row.ports.join(", ")} for the HTTP proxy; the deployment's ${port} is used.`,
          ],
    );
}
