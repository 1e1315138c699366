import * as z from "zod/mini";

type Plain = string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain };

/**
 * What a property is for, as errors and editors say it. A default that a file
 * could write itself is said in words, and as the default of its schema.
 *
 * @param words the default in words, if its value is not a word
 */
export function about<T>(what: string, fallback?: Plain, words = String(fallback)): z.core.$ZodCheck<T> {
  if (fallback === undefined) return z.meta({ description: what });
  return z.meta({ description: `${what}. Default: ${words}`, default: fallback });
}

/** A text. */
export function text(what: string): z.ZodMiniString {
  return z.string().check(about(what));
}

/** A property that can be left out, with what it is for. */
export function optional<T extends z.ZodMiniType>(
  type: T,
  ...[what, fallback, words]: Parameters<typeof about>
): z.ZodMiniOptional<T> {
  return z.optional(type).check(about(what, fallback, words));
}
