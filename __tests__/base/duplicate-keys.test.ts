import { duplicateKeys } from "../../lib/base/duplicate-keys";
import { codesOf } from "../support/expected/refusals";

const found = (deployment: string): string[] =>
  codesOf(
    duplicateKeys(`{"name":1,"context":{"entraIdBackup":${deployment}},"name":2}`, "context.entraIdBackup"),
  );

test.each<[string, string, string[]]>([
  ["no key twice", '{"name":"a","tags":{"name":"b"},"consoles":["name","name"]}', []],
  ["a property twice", '{"name":"a","tags":{},"name":"b"}', ["duplicate-key name"]],
  ["a key twice two levels deep", '{"tags":{"a":"1","a":"2"}}', ["duplicate-key tags.a"]],
  [
    "a key twice in one entry of a list",
    '{"backupCopies":[{"from":"a","to":"b"},{"from":"a","from":"b"}]}',
    ["duplicate-key backupCopies[1].from"],
  ],
  ["a key with braces and quotes in it", '{"{\\"a":1,"b":"}","{\\"a":2}', ['duplicate-key {"a']],
])("%s", (_title, deployment, codes) => expect(found(deployment)).toEqual(codes));
