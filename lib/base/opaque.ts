/**
 * Whether a text is only known at apply: a reference or expression of
 * Terraform, or the marker that stands for one until synthesis. Such a value
 * passes through; nothing is decided on it.
 */
export function isOpaque(value: string): boolean {
  return value.includes("${") || value.includes("TfToken[");
}

/**
 * Whether a number is only known at apply. The Terraform CDK stands a value
 * of about -1.9e289 in for such a number.
 */
export function isOpaqueNumber(value: number): boolean {
  return value < -1e280;
}

/**
 * Whether a text stands for a whole list that is only known at apply. Such a
 * list cannot be merged with others: its entries have to be given one by one.
 */
export function isOpaqueList(value: string): boolean {
  return value.startsWith("#{TfToken[");
}

/** Whether a key stands for a whole map that is only known at apply. */
export function isOpaqueMap(key: string): boolean {
  return key.startsWith("&{TfToken[");
}

/** Whether a number is only known at apply, in whichever way that is written. */
export function isUnknownNumber(value: number | string): boolean {
  return typeof value === "number" ? isOpaqueNumber(value) : isOpaque(value);
}

/** Whether a value is a whole number in a range, both ends of which are in it. */
export function isWholeNumber(value: number | string, first: number, last: number): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= first && value <= last;
}
