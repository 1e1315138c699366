/** Whether a setting of a subnet applies groups to private endpoints in it. */
export function arePoliciesOn(setting: string): boolean {
  return ["enabled", "networksecuritygroupenabled"].includes(setting.toLowerCase());
}

/** Id of the virtual network, which the id of a subnet begins with. */
export function networkInId(id: string): string {
  return id.split(/\/subnets\//i)[0];
}
