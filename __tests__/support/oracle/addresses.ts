// Addresses for the tests' own evaluations; they share no code with lib.

/** Addresses from the first to the last, both included, as numbers. */
export interface AddressRange {
  readonly first: number;
  readonly last: number;
}

/** The number of an address. */
export function addressNumber(text: string): number {
  const octets = text.split(".").map(Number);
  if (octets.length !== 4 || octets.some((octet) => !(octet >= 0 && octet <= 255))) {
    throw new Error(`no address: ${text}`);
  }
  return octets.reduce((number, octet) => number * 256 + octet, 0);
}

/** The text of an address. */
export function addressText(number: number): string {
  return [16777216, 65536, 256, 1].map((unit) => Math.floor(number / unit) % 256).join(".");
}

/** The addresses of a prefix; an address without a mask is one. */
export function rangeOf(prefix: string): AddressRange {
  const [address, mask = "32"] = prefix.split("/");
  const size = 2 ** (32 - Number(mask));
  const first = addressNumber(address);
  if (!Number.isInteger(size) || first % size !== 0) throw new Error(`no prefix: ${prefix}`);
  return { first, last: first + size - 1 };
}

/** Whether the address is in one of the ranges. */
export function isIn(ranges: readonly AddressRange[], address: number): boolean {
  return ranges.some(({ first, last }) => first <= address && address <= last);
}

const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].map(rangeOf);

/** Whether the Internet does not route the address (RFC 1918, RFC 6598). */
export function isPrivateAddress(address: number): boolean {
  return isIn(PRIVATE, address);
}

/** A few of the addresses that Azure lists under each service tag; the sets share none. */
export const SERVICE_TAGS: Readonly<Record<string, readonly AddressRange[]>> = {
  AzureActiveDirectory: ["20.190.128.0/18", "40.126.0.0/18"].map(rangeOf),
  AzureResourceManager: ["4.150.232.8/29", "20.37.52.24/29"].map(rangeOf),
  Storage: ["20.60.0.0/16"].map(rangeOf),
  "Storage.NorthEurope": ["20.150.26.0/24"].map(rangeOf),
  "Storage.WestEurope": ["20.150.8.0/23", "20.150.37.0/24"].map(rangeOf),
};
