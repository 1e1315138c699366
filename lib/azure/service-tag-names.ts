import { nearest, suggest } from "../base/nearest";
import { STORAGE_REGIONS } from "./storage-regions";

/**
 * Service tags without regional forms, such as `AzureActiveDirectory`.
 *
 * Source: https://learn.microsoft.com/azure/virtual-network/service-tags-overview#available-service-tags
 * (page of 2023-01-26, column "Can be regional?"). The page says the same of
 * tags in OTHERS; their regional forms are not refused, because tags gain regions.
 */
const WITHOUT_REGIONS = (
  "ActionGroup AppConfiguration AppServiceManagement ApplicationInsightsAvailability AzureActiveDirectory " +
  "AzureActiveDirectoryDomainServices AzureAdvancedThreatProtection AzureArcInfrastructure AzureBackup " +
  "AzureInformationProtection AzureLoadBalancer AzurePlatformDNS AzurePlatformIMDS AzurePlatformLKM " +
  "AzureResourceManager AzureSiteRecovery AzureTrafficManager GatewayManager GuestAndHybridManagement " +
  "Internet VirtualNetwork WindowsVirtualDesktop"
).split(" ");

/** The other service tags of that page. Azure adds tags: a name that is not here may be one of them. */
const OTHERS = (
  "ApiManagement AppService AutonomousDevelopmentPlatform AzureAttestation AzureBotService AzureCloud " +
  "AzureCognitiveSearch AzureConnectors AzureContainerAppsService AzureContainerRegistry AzureCosmosDB " +
  "AzureDataExplorerManagement AzureDataLake AzureDatabricks AzureDevOps AzureDevSpaces AzureDeviceUpdate " +
  "AzureDigitalTwins AzureEventGrid AzureFrontDoor AzureHealthcareAPIs AzureIoTHub AzureKeyVault " +
  "AzureLoadTestingInstanceManagement AzureMachineLearning AzureMachineLearningInference AzureManagedGrafana " +
  "AzureMonitor AzureOpenDatasets AzureSentinel AzureSignalR AzureSphere AzureSpringCloud AzureStack " +
  "AzureUpdateDelivery AzureWebPubSub BatchNodeManagement ChaosStudio CognitiveServicesFrontend " +
  "CognitiveServicesManagement DataFactory DataFactoryManagement Dynamics365BusinessCentral " +
  "Dynamics365ForMarketingEmail EOPExternalPublishedIPs EventHub HDInsight KustoAnalytics LogicApps " +
  "LogicAppsManagement M365ManagementActivityApi M365ManagementActivityApiWebhook Marketplace " +
  "MicrosoftAzureFluidRelay MicrosoftCloudAppSecurity MicrosoftContainerRegistry MicrosoftDefenderForEndpoint " +
  "MicrosoftPurviewPolicyDistribution PowerBI PowerPlatformInfra PowerPlatformPlex PowerQueryOnline ServiceBus " +
  "ServiceFabric Sql SqlManagement Storage StorageSyncService WindowsAdminCenter"
).split(" ");

/** What is wrong with a name as a service tag, and what to write. */
interface ServiceTagFault {
  readonly what: string;
  readonly change: string;
}

/**
 * Why a name is not a service tag. Undefined if it is one, or if nothing that
 * is known is near: Azure adds service tags.
 */
export function serviceTagFault(tag: string): ServiceTagFault | undefined {
  const instead = "Name the service that is meant, or list its addresses with Peer.cidr";
  const [, name, region] = /^([A-Za-z][A-Za-z0-9]*)(?:\.([A-Za-z0-9]+))?$/.exec(tag) ?? [];
  if (name === undefined) {
    return { what: "is not a service tag", change: suggest(tag.replace(/\W/g, ""), SUGGESTED, instead) };
  }
  if (!isIn(KNOWN, name)) {
    const isNear = nearest(name, KNOWN) !== undefined;
    return isNear
      ? { what: "is not a service tag that Azure has", change: suggest(name, SUGGESTED, instead) }
      : undefined;
  }
  if (region === undefined) return undefined;
  if (isIn(WITHOUT_REGIONS, name)) {
    return { what: "is a region of a service tag that has none", change: `Write "${name}"` };
  }
  const meant = isIn(REGIONS, region) ? undefined : nearest(region, REGIONS);
  return meant === undefined
    ? undefined
    : {
        what: "has a region that Azure does not have",
        change: `Did you mean "${name}.${meant}"? Write that`,
      };
}

/** Whether a name is a service tag of Microsoft's page, or a regional form of one. */
export function isKnownServiceTag(tag: string): boolean {
  return isIn(KNOWN, tag.split(".")[0]);
}

const KNOWN = [...WITHOUT_REGIONS, ...OTHERS];
// Nearly every address has one of these.
const SUGGESTED = KNOWN.filter((name) => !["AzureCloud", "Internet", "VirtualNetwork"].includes(name));
const REGIONS = STORAGE_REGIONS.map(({ serviceTag }) => serviceTag.split(".")[1]);

function isIn(names: readonly string[], name: string): boolean {
  return names.some((known) => known.toLowerCase() === name.toLowerCase());
}
