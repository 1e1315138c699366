/** A region of the public Azure cloud that has a service tag for its storage. */
interface StorageRegion {
  /** The region as Azure's API writes it: `westeurope`. */
  readonly region: string;
  /** The service tag of the region's storage: `Storage.WestEurope`. */
  readonly serviceTag: string;
  /** Priority of the rules to it: Azure takes one service tag a rule, so each region has a rule of its own. */
  readonly priority: number;
}

// The place in this list is the rule's priority: append, never reorder or remove.
const NAMES = (
  "AustraliaCentral AustraliaCentral2 AustraliaEast AustraliaSoutheast AustriaEast BelgiumCentral " +
  "BrazilSouth BrazilSoutheast CanadaCentral CanadaEast CentralIndia CentralUS ChileCentral EastAsia " +
  "EastUS EastUS2 FranceCentral FranceSouth GermanyNorth GermanyWestCentral IndonesiaCentral " +
  "IsraelCentral ItalyNorth JapanEast JapanWest JioIndiaCentral JioIndiaWest KoreaCentral KoreaSouth " +
  "MalaysiaWest MexicoCentral NewZealandNorth NorthCentralUS NorthEurope NorwayEast NorwayWest " +
  "PolandCentral QatarCentral SouthAfricaNorth SouthAfricaWest SouthCentralUS SouthIndia SoutheastAsia " +
  "SpainCentral SwedenCentral SwedenSouth SwitzerlandNorth SwitzerlandWest UAECentral UAENorth UKSouth " +
  "UKWest WestCentralUS WestEurope WestIndia WestUS WestUS2 WestUS3"
).split(" ");

const FIRST_PRIORITY = 1200;

/** The regions whose storage has a service tag. */
export const STORAGE_REGIONS: readonly StorageRegion[] = NAMES.map((name, index) => ({
  region: name.toLowerCase(),
  serviceTag: `Storage.${name}`,
  priority: FIRST_PRIORITY + index,
}));

/** The region of a name, whether it is written `westeurope`, `West Europe` or `WestEurope`. */
export function findStorageRegion(name: string): StorageRegion | undefined {
  const region = name.toLowerCase().replaceAll(" ", "");
  return STORAGE_REGIONS.find((candidate) => candidate.region === region);
}
