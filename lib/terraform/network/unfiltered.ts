/** Whether a setting of a subnet applies groups to private endpoints in it. */
export function arePoliciesOn(setting: string): boolean {
  return ["enabled", "networksecuritygroupenabled"].includes(setting.toLowerCase());
}

/** Id of the virtual network, which the id of a subnet begins with. */
export function networkInId(id: string): string {
  return id.split(/\/subnets\//i)[0];
}

/**
 * Services whose documentation says that groups filter the subnet delegated to
 * them. For any other service, whether they do is a doubt: NetApp volumes with
 * basic network features ignore groups.
 *
 * Sources, with the dates of the pages:
 * - https://learn.microsoft.com/azure/azure-sql/managed-instance/connectivity-architecture-overview (2023-08-02)
 * - https://learn.microsoft.com/azure/databricks/security/network/classic/vnet-inject (no date)
 * - https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking (2020-09-23)
 * - https://learn.microsoft.com/azure/mysql/flexible-server/concepts-networking-vnet (2021-08-06)
 * - https://learn.microsoft.com/azure/container-instances/container-instances-virtual-network-concepts (2022-06-17)
 * - https://learn.microsoft.com/azure/azure-netapp-files/azure-netapp-files-network-topologies (2019-05-08)
 */
const FILTERED_SERVICES = [
  "microsoft.sql/managedinstances",
  "microsoft.databricks/workspaces",
  "microsoft.dbforpostgresql/flexibleservers",
  "microsoft.dbformysql/flexibleservers",
  "microsoft.containerinstance/containergroups",
];

/** The service among those of a delegation to which groups may not be applied, such as NetApp volumes. */
export function unfilteredService(services: readonly unknown[]): { readonly delegatedTo?: string } {
  const service = services.find(
    (one): one is string => typeof one === "string" && !FILTERED_SERVICES.includes(one.toLowerCase()),
  );
  return service === undefined ? {} : { delegatedTo: service };
}
