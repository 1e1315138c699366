/** A name or an address in a phrase: code, where a format has such. */
export interface NameInPhrase {
  readonly name: string;
}

/** A text for people, in which names and addresses are told apart from words. */
export type Phrase = ReadonlyArray<string | NameInPhrase>;

/** Names as part of a phrase, parted by commas. */
export function namesIn(names: readonly string[]): Phrase {
  return names.flatMap((name, index) => (index === 0 ? [{ name }] : [", ", { name }]));
}
