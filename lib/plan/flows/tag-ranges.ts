import type { Flow } from "../../azure/flow";
import { parseIpv4Prefix } from "../../azure/sets/ipv4-prefix";
import { mergePrefixes } from "../../azure/sets/prefix-list";
import { findServiceTag, type ServiceTags } from "../../azure/sets/service-tags";

/**
 * The flows with the addresses of a Service Tags file in the place of the
 * service tags that it knows. What a rule of such a flow allows changes with
 * the file, so its description names the file's change number.
 */
export function flowsWithRanges(flows: readonly Flow[], tags: ServiceTags): Flow[] {
  return flows.map((flow) => {
    const [name] = flow.to.prefixes;
    const tag = flow.to.prefixes.length === 1 ? findServiceTag(tags, name) : undefined;
    if (!tag) return flow;
    const prefixes = tag.addressPrefixes.filter((prefix) => parseIpv4Prefix(prefix) !== undefined);
    return {
      ...flow,
      to: { ...flow.to, prefixes: mergePrefixes(prefixes) },
      origin: `${flow.origin}, Service Tags ${tags.changeNumber}`,
    };
  });
}
