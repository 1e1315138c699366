import { NetworkSecurityGroup } from "@cdktf/provider-azurerm/lib/network-security-group";
import { Fn, Lazy, TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import { emittedValue } from "../../../lib/terraform/in-memory/emitted-value";

const app = Testing.app();
const [own, other] = ["own", "other"].map((id) => new TerraformStack(app, id));
const groupIn = (stack: TerraformStack): NetworkSecurityGroup =>
  new NetworkSecurityGroup(stack, "group", { name: "a", location: "b", resourceGroupName: "c" });
const [group, foreign] = [own, other].map(groupIn);
const port = new TerraformVariable(own, "port", { type: "number" }).numberValue;
const list = new TerraformVariable(own, "list", { type: "list(string)" }).listValue;
const map = new TerraformVariable(own, "map", { type: "map(string)" });

test.each<[string, unknown, unknown]>([
  ["plain values", { a: ["x", 1, true, null, undefined] }, { a: ["x", 1, true, null, undefined] }],
  ["a reference", group.id, "${azurerm_network_security_group.group.id}"],
  ["a reference in a text", `${group.id}/x`, "${azurerm_network_security_group.group.id}/x"],
  ["a reference to another stack", foreign.id, "${other:azurerm_network_security_group.group.id}"],
  [
    "a function of references",
    Fn.join("-", [group.name, foreign.name]),
    '${join("-", [azurerm_network_security_group.group.name, other:azurerm_network_security_group.group.name])}',
  ],
  ["a number", port, "${var.port}"],
  ["a number in a text", `port ${port}`, "port ${var.port}"],
  ["a list", list, "${var.list}"],
  ["a map", Token.asStringMap(map.value), "${var.map}"],
  ["a lazy value", Lazy.stringValue({ produce: () => "later" }), "later"],
  [
    "a lazy value among others",
    { a: [Lazy.anyValue({ produce: () => ({ b: group.name }) })] },
    { a: [{ b: "${azurerm_network_security_group.group.name}" }] },
  ],
  ["what was written by hand", "${var.x}", "${var.x}"],
])("%s as the stack itself reads it", (_, value, emitted) => {
  expect(emittedValue(value, own, own)).toEqual(emitted);
});

test.each<[string, unknown, string]>([
  ["a reference to it", foreign.id, "${azurerm_network_security_group.group.id}"],
  ["a reference to it in a text", `${foreign.id}/x`, "${azurerm_network_security_group.group.id}/x"],
  ["a reference to the own stack", `${group.id}/x`, "${own:azurerm_network_security_group.group.id}/x"],
  ["what was written by hand", "${var.x}", "${own:var.x}"],
  [
    "what was written by hand in a function",
    '${element(split("/", data.azurerm_a.b.id), var.x)}',
    '${element(split("/", own:data.azurerm_a.b.id), own:var.x)}',
  ],
  [
    "what was written by hand beside a reference",
    `\${var.x}-${foreign.id}-${group.id}`,
    "${own:var.x}-${azurerm_network_security_group.group.id}-${own:azurerm_network_security_group.group.id}",
  ],
  ["no reference at all", "my.file", "my.file"],
])("%s as another stack reads it", (_, value, emitted) => {
  expect(emittedValue(value, own, other)).toBe(emitted);
});

test("a synthesis before does not matter", () => {
  new NetworkSecurityGroup(own, "reads", { name: foreign.name, location: "b", resourceGroupName: "c" });
  own.prepareStack();
  expect(emittedValue(foreign.name, own, own)).toBe("${other:azurerm_network_security_group.group.name}");
});

test("only the name of the stack that reads is left out", () => {
  const text = "${other:var.a} ${an/other:var.b} ${my-other:var.c}";
  expect(emittedValue(`${text} ${foreign.id}`, own, other)).toBe(
    "${var.a} ${an/other:var.b} ${my-other:var.c} ${azurerm_network_security_group.group.id}",
  );
});
