/** Whether a setting of a subnet applies groups to private endpoints in it. */
export function arePoliciesOn(setting: string): boolean {
  return ["enabled", "networksecuritygroupenabled"].includes(setting.toLowerCase());
}

/** Id of the virtual network, which the id of a subnet begins with. */
export function networkInId(id: string): string {
  return id.split(/\/subnets\//i)[0];
}

// Services whose documentation asks for a group on the subnet that is delegated to them.
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
