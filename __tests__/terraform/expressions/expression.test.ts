import { evaluateTemplate } from "../../../lib/terraform/expressions/expression";
import { UNKNOWN } from "../../../lib/terraform/expressions/expression-functions";

const LOCALS: Readonly<Record<string, unknown>> = {
  "local.one": "10.1.0.0/24",
  "local.list": ["10.1.0.0/24", "10.2.0.0/24"],
  "local.map": { b: 2, a: { id: "x" } },
  "local.inMemory": { id: undefined },
};
const valueOf = (text: string): unknown =>
  evaluateTemplate(text, (reference) => LOCALS[reference] ?? UNKNOWN);

// Each value is what `terraform console` answers.
test.each<[string, unknown]>([
  ['nsg-${lower("A")}-${1 + 2 * 3}', "nsg-a-7"],
  ['${cidrsubnet("10.1.2.3/16", 8, 5)}', "10.1.5.0/24"],
  ['${cidrhost("10.1.0.0/24", -2)}', "10.1.0.254"],
  ['${cidrsubnet("10.1.0.0/24", 8, 256)}', UNKNOWN],
  // Sets of texts are ordered.
  ['${tolist(toset(["b", "a", "b"]))[0]}', "a"],
  ["${toset([2, 1])}", UNKNOWN],
  ['${setunion(["b"], ["a"])}', ["a", "b"]],
  // A replacement is a text, whatever it means to JavaScript.
  ['${replace("a-b", "-", "$&")}', "a$&b"],
  ['${lookup(local.map, "constructor", "none")}', "none"],
  ['${lookup(local.map, "c")}', UNKNOWN],
  ['${element(["a", "b"], 3)}', "b"],
  ['${["a"][1]}', UNKNOWN],
  ['${formatlist("%s/32", ["10.0.0.1", "10.0.0.2"])}', ["10.0.0.1/32", "10.0.0.2/32"]],
  ['${join(",", ["a"], ["b"])}', "a,b"],
  ['${trimsuffix("a.b", ".b")}${trimprefix("a.b", "b")}', "aa.b"],
  ['${substr("abcdef", 2, -1)}${substr("abcdef", 0, 1)}', "cdefa"],
  ['${tonumber("")}', UNKNOWN],
  ["${length(local.map)}", 2],
  ['${trimspace(" a\\n")}${chomp("b\\n\\n")}', "ab"],
  ["${max(1, 3, 2)}${min(2, 1)}", "31"],
  [
    "${[range(2), range(1, 3), reverse(range(2, 5))]}",
    [
      [0, 1],
      [1, 2],
      [4, 3, 2],
    ],
  ],
  ["${range(3, 1)}", UNKNOWN],
  ['${coalescelist([], ["a"])}', ["a"]],
  ['${title("a-bc d_e")}', "A-Bc D_e"],
  ['${title("éa")}', UNKNOWN],
  ['${tomap({ a = "x" })["a"]}', "x"],
  ["${slice(local.list, 1, 2)}", ["10.2.0.0/24"]],
  // Texts in quotes hold templates, which hold texts in quotes.
  ['${"10.${lower("9")}.0.0/24"}', "10.9.0.0/24"],
  ['${"a\\tb\\u0041\\"}"}', 'a\tbA"}'],
  ['${"\\U0001F600\\u00e9"}', "\u{1F600}é"],
  ['${"\\q"}', UNKNOWN],
  ['${"$${a}"}', "${a}"],
  ['${"\t"}', "\t"],
  ["${[for p in local.list : p if p != local.one]}", ["10.2.0.0/24"]],
  ['${{for k, v in {b = 1, a = 2} : "${k}x" => v + 1}}', { ax: 3, bx: 2 }],
  ["${[for p in [] : p]}", []],
  ["${[for p in local.other : p]}", UNKNOWN],
  ["${1 < 2 && !(2 <= 1) ? -1 : 1}", -1],
  ["${1 / 0}", UNKNOWN],
  ['${local.map["a"].id}${local.map["b"]}', "x2"],
  ["${local.map.constructor}", UNKNOWN],
  ['nsg-${local.inMemory["id"]}', UNKNOWN],
  // A number before a colon is a key, not the name of a stack.
  ["${{1:local.one}}", { 1: "10.1.0.0/24" }],
  ["${try(local.other, 1)}", UNKNOWN],
  ["%{ if true }a%{ endif }", UNKNOWN],
])("%s", (text, value) => expect(valueOf(text)).toEqual(value));
