import { type Command, InvalidArgumentError } from "commander";
import { Direction, Protocol } from "../azure/security-rule";

/** Options of commands that read FILEs. */
export interface FileOptions {
  readonly subnets?: readonly string[];
  readonly serviceTags?: string;
}

/** Adds the options of commands that read FILEs. */
export function withFileOptions(command: Command): Command {
  return command
    .option(
      "--subnets <file>",
      "az network vnet list -o json, for the prefixes that a list of groups lacks; may be given several times",
      severalTimes,
    )
    .option("--service-tags <file>", "Microsoft's Service Tags JSON, for the addresses of service tags");
}

/** The values of an option that may be given several times. */
export function severalTimes(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** A protocol as Azure and its tools write it, whatever the case. */
export function parseProtocol(text: string): Protocol {
  if (text.toLowerCase() === "any") return Protocol.ANY;
  return oneOf(Object.values(Protocol), text);
}

/** A direction, whatever the case. */
export function parseDirection(text: string): Direction {
  return oneOf(Object.values(Direction), text);
}

/** A port, 0 to 65535. */
export function parsePort(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65535) {
    throw new InvalidArgumentError("Give a whole number from 0 to 65535.");
  }
  return Number(text);
}

function oneOf<T extends string>(values: readonly T[], text: string): T {
  const found = values.find((value) => value.toLowerCase() === text.toLowerCase());
  if (found === undefined) throw new InvalidArgumentError(`Give one of ${values.join(", ")}.`);
  return found;
}
