import { serviceTagFault } from "../../lib/azure/service-tag-names";

test.each([
  "Storage",
  "storage.westeurope",
  "AzureKeyVault.WestEurope",
  "AzureFrontDoor.Frontend",
  "AzureActiveDirectory",
  // Azure adds service tags, and regions.
  "QuantumTeleporter",
  "Storage.MoonBase",
])("%s may be a service tag", (tag) => expect(serviceTagFault(tag)).toBeUndefined());

test.each([
  ["Storrage", "is not a service tag that Azure has", 'Did you mean "Storage"?'],
  ["AzureActiveDirectry", "is not a service tag that Azure has", 'Did you mean "AzureActiveDirectory"?'],
  ["Storrage.WestEurope", "is not a service tag that Azure has", 'Did you mean "Storage"?'],
  ["VirtualNetwork.", "is not a service tag", "Name the service that is meant"],
  ["Storage..WestEurope", "is not a service tag", "Name the service that is meant"],
  [
    "AzureActiveDirectory.WestEurope",
    "is a region of a service tag that has none",
    'Write "AzureActiveDirectory"',
  ],
  ["VirtualNetwork.WestEurope", "is a region of a service tag that has none", 'Write "VirtualNetwork"'],
  ["Storage.WestEuropa", "has a region that Azure does not have", 'Did you mean "Storage.WestEurope"?'],
  ["Sql.West-Europe", "is not a service tag", ""],
])("%s %s", (tag, what, change) => {
  expect(serviceTagFault(tag)).toEqual({ what, change: expect.stringContaining(change) as string });
});
