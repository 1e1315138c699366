import { InvalidInputError, refused } from "../../base/problem";

/** A value in a JSON file and the path to it, for errors. */
export class JsonNode {
  constructor(
    /** The value. Undefined if it is missing. */
    readonly value: unknown,
    /** Path to it: `values.root_module.resources[0]`. Empty for the whole file. */
    readonly path: string,
    /** What errors call the file. */
    readonly file: string,
  ) {}

  /** Whether there is a value that is not null. */
  get isSet(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** Whether the value is an object. */
  get isObject(): boolean {
    return this.isSet && typeof this.value === "object" && !Array.isArray(this.value);
  }

  /** Whether the value is an object with this key of its own. */
  has(key: string): boolean {
    return this.isObject && Object.hasOwn(this.value as object, key);
  }

  /** The value under a key; not set where the object lacks it. */
  at(key: string): JsonNode {
    const object = this.object();
    const value = Object.hasOwn(object, key) ? object[key] : undefined;
    return new JsonNode(value, this.path === "" ? key : `${this.path}.${key}`, this.file);
  }

  /** Each key of the object and its value; none where it is not set. */
  entries(): Array<readonly [string, JsonNode]> {
    return Object.keys(this.object()).map((key) => [key, this.at(key)] as const);
  }

  /** Each item of the list; none where it is not set. */
  items(): JsonNode[] {
    if (!this.isSet) return [];
    if (!Array.isArray(this.value)) return this.refuse("is not a list", "a list");
    return this.value.map((item, index) => new JsonNode(item, `${this.path}[${index}]`, this.file));
  }

  /** The text, or undefined where it is not set or empty. */
  text(): string | undefined {
    if (!this.isSet || this.value === "") return undefined;
    return typeof this.value === "string" ? this.value : this.refuse("is not a string", "a string");
  }

  /** The text, which is required. */
  requiredText(): string {
    return this.text() ?? this.refuse("is missing", "a string");
  }

  /** The texts of the list; none where it is not set. */
  texts(): string[] {
    return this.items().map((item) => item.requiredText());
  }

  /** The object's values, none where it is not set. */
  object(): Readonly<Record<string, unknown>> {
    if (!this.isSet) return {};
    if (!this.isObject) this.refuse("is not an object", "an object");
    return this.value as Record<string, unknown>;
  }

  /** @throws InvalidInputError that names this place */
  refuse(
    what: string,
    allowed: string,
    change = "Create the file again with the same command; it may have been edited or cut short",
  ): never {
    const words = { what, allowed, change };
    const isWhole = this.path === "";
    const problems = isWhole
      ? refused("file-invalid", "the file", words)
      : refused("file-invalid", this.path, this.value, words);
    throw new InvalidInputError(this.file, problems);
  }
}
