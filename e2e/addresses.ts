// IPv4 addresses, without code from lib: a mistake there must not be repeated here.

/** The number of an IPv4 address. */
export function addressNumber(text: string): number {
  const octets = text.split(".").map(Number);
  if (octets.length !== 4 || octets.some((octet) => !(octet >= 0 && octet <= 255)))
    throw new Error(`"${text}" is not an IPv4 address`);
  return octets.reduce((number, octet) => number * 256 + octet, 0);
}

/** The text of an IPv4 address. */
export function addressText(number: number): string {
  return [16777216, 65536, 256, 1].map((unit) => Math.floor(number / unit) % 256).join(".");
}

/** First and last address of a prefix; an address without a mask is a prefix of one. */
export function edgesOf(prefix: string): readonly [number, number] {
  const [address, length = "32"] = prefix.split("/");
  const size = 2 ** (32 - Number(length));
  const first = addressNumber(address) - (addressNumber(address) % size);
  return [first, first + size - 1];
}

/** Whether the text is an IPv4 address or prefix. */
export function isPrefix(text: string): boolean {
  return /^\d+\.\d+\.\d+\.\d+(\/\d+)?$/.test(text);
}

/** Whether an address is in a prefix. */
export function isInside(address: string, prefix: string): boolean {
  const [first, last] = edgesOf(prefix);
  return first <= addressNumber(address) && addressNumber(address) <= last;
}

/** An address in a prefix: the fifth, which is the first that Azure assigns in a subnet, or the only one of a /32. */
export function hostIn(prefix: string, index = 4): string {
  const [first, last] = edgesOf(prefix);
  return addressText(Math.min(first + index, Math.max(first, last - (last > first ? 1 : 0))));
}

/** Whether an address is private. */
export function isPrivate(address: string): boolean {
  return ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].some((prefix) => isInside(address, prefix));
}
