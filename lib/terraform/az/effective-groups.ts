import { nameInId } from "../../azure/azure-id";
import { type AzItem, fieldOf, SINGULARS } from "./az-items";
import { JsonNode } from "../files/json-node";

/**
 * A group of `az network nic list-effective-nsg` as `az network nsg list`
 * prints it. Undefined if the item is something else.
 */
export function effectiveGroups({ node }: AzItem): AzItem[] | undefined {
  if (!node.has("effectiveSecurityRules")) return undefined;
  const [group, subnet, networkInterface] = [
    node.at("networkSecurityGroup"),
    node.at("association").at("subnet"),
    node.at("association").at("networkInterface"),
  ].map((one) => one.at("id").text());
  if (group === undefined) return [{ node }];
  const rules = node.at("effectiveSecurityRules").items();
  return [
    {
      kind: "group",
      node: new JsonNode(
        {
          id: group,
          name: nameInId(group),
          securityRules: rules.filter((rule) => !isDefault(rule)).map(ruleOf),
          subnets: subnet === undefined ? [] : [{ id: subnet }],
          networkInterfaces: networkInterface === undefined ? [] : [{ id: networkInterface }],
        },
        node.path,
        node.file,
      ),
    },
  ];
}

function isDefault(rule: JsonNode): boolean {
  return /^default/i.test(rule.at("name").text() ?? "");
}

/** The rule as in its group: the name without the kind, and `*` for all protocols. */
function ruleOf(rule: JsonNode): unknown {
  const name = rule.at("name").requiredText();
  const protocol = rule.at("protocol").text();
  const lists = [...SINGULARS].flatMap(([several, one]): Array<[string, unknown]> => [
    [one, null],
    [several, listOf(rule, several, one)],
  ]);
  return {
    ...rule.object(),
    name: name.replace(/^(securityRules\/|UserRule_)/i, ""),
    protocol: protocol?.toLowerCase() === "all" ? "*" : protocol,
    ...Object.fromEntries(lists),
  };
}

/** The value of the plural field, or of the singular one. An application security group is listed with its addresses. */
function listOf(rule: JsonNode, several: string, one: string): unknown[] {
  const expanded = `expanded${one.charAt(0).toUpperCase()}${one.slice(1)}`;
  const found = [several, one, expanded]
    .map((field) => fieldOf(rule, field).value ?? [])
    .map((value) => (Array.isArray(value) ? (value as unknown[]) : [value]))
    .find((list) => list.length > 0);
  return [...new Set(found)];
}
