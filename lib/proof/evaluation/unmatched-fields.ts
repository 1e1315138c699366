import type { HeaderSpace } from "./header-space";
import type { Match } from "./match";
import { AxisName } from "./world";

/** A field in which a rule did not match. */
export enum RuleField {
  /** It is for another protocol. */
  PROTOCOL = "protocol",
  /** It is for other source addresses. */
  SOURCE = "source",
  /** It is for other source ports. */
  SOURCE_PORT = "source port",
  /** It is for other destination addresses. */
  DESTINATION = "destination",
  /** It is for other destination ports. */
  DESTINATION_PORT = "destination port",
}

/** The fields in which a rule matches nothing of a header space in any world. */
export function unmatchedFields(headers: HeaderSpace, list: number, matches: readonly Match[]): RuleField[] {
  const near = matches.filter(({ protocols }) => headers.portAxis.spansOf(protocols).length > 0);
  if (near.length === 0) return [RuleField.PROTOCOL, ...fieldsOf(headers, list, matches[0])];
  const [first, ...others] = near.map((match) => fieldsOf(headers, list, match));
  return first.filter((field) => others.every((fields) => fields.includes(field)));
}

function fieldsOf(headers: HeaderSpace, list: number, match: Match): RuleField[] {
  const { sourcePorts, destinationPorts } = match;
  const fields: ReadonlyArray<readonly [RuleField, boolean]> = [
    [RuleField.SOURCE, headers.mayHold(list, match, AxisName.SOURCE)],
    [
      RuleField.SOURCE_PORT,
      !headers.holdsPorts ||
        sourcePorts.unknowns.length > 0 ||
        headers.surelyOn(list, match, AxisName.SOURCE_PORT).spans.length > 0,
    ],
    [RuleField.DESTINATION, headers.mayHold(list, match, AxisName.DESTINATION)],
    [
      RuleField.DESTINATION_PORT,
      destinationPorts.unknowns.length > 0 || headers.surelyOn(list, match, AxisName.PORT).spans.length > 0,
    ],
  ];
  return fields.flatMap(([field, holds]) => (holds ? [] : [field]));
}
