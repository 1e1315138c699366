/**
 * Whether a text is only known at apply: a reference or expression of
 * Terraform, or its placeholder until synthesis. Such a value passes through;
 * nothing is decided on it.
 */
export function isOpaque(value: string): boolean {
  return value.includes("${") || value.includes("TfToken[");
}

/**
 * Whether a number is only known at apply. The Terraform CDK uses a value of
 * about -1.9e289 as its placeholder.
 */
export function isOpaqueNumber(value: number): boolean {
  return value < -1e280;
}

/**
 * Whether a text is the placeholder of a list that is only known at apply. Such a
 * list cannot be merged with others: its entries have to be given one by one.
 */
export function isOpaqueList(value: string): boolean {
  return value.startsWith("#{TfToken[");
}

/** Whether a key is the placeholder of a map that is only known at apply. */
export function isOpaqueMap(key: string): boolean {
  return key.startsWith("&{TfToken[");
}

/** Whether a number, or the text of one, is only known at apply. */
export function isUnknownNumber(value: number | string): boolean {
  return typeof value === "number" ? isOpaqueNumber(value) : isOpaque(value);
}

/** Whether a value is a whole number in a range, inclusive. */
export function isWholeNumber(value: number | string, first: number, last: number): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= first && value <= last;
}
