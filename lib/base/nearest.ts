/** The candidate that was probably meant, or undefined where none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  // Needed for a misspelled word only; the command starts faster without it.
  // eslint-disable-next-line @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports
  const { distance } = require("fastest-levenshtein") as typeof import("fastest-levenshtein");
  let best: string | undefined;
  // A word of which more than half differs is another word.
  let bestDistance = Math.min(Math.max(2, Math.floor(word.length / 3)), Math.floor(word.length / 2)) + 1;
  for (const candidate of candidates) {
    const candidateDistance = distance(word.toLowerCase(), candidate.toLowerCase());
    if (candidateDistance < bestDistance) [best, bestDistance] = [candidate, candidateDistance];
  }
  return best;
}

/** What to change: the candidate that was probably meant, or the fallback where none is near. */
export function suggest(word: string, candidates: readonly string[], fallback: string): string {
  const meant = nearest(word, candidates);
  return meant === undefined ? fallback : `Did you mean "${meant}"? Write that`;
}
