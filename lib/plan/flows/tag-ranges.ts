import type { Flow } from "../../azure/flow";
import { parseIpv4Prefix } from "../../azure/sets/ipv4-prefix";
import { mergePrefixes } from "../../azure/sets/prefix-list";
import { findServiceTag, type ServiceTags } from "../../azure/sets/service-tags";

/**
 * The flows with the addresses of a Service Tags file instead of the tags that
 * it contains. Their rules change with the file, so the description has the
 * file's change number.
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
