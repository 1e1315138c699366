import { Token, Tokenization } from "cdktf";
import { VirtualNetwork } from "@cdktf/provider-azurerm/lib/virtual-network";
import { withoutCreationStacks } from "../../lib/constructs/creation-stacks";
import { newStack } from "../support/tools/synthesized";

const stackOf = (token: string): readonly string[] =>
  Tokenization.reverseString(Token.asString(token)).tokens.flatMap(({ creationStack }) => creationStack);

const network = {
  name: "hub",
  location: "westeurope",
  resourceGroupName: "hub",
  addressSpace: ["10.0.0.0/16"],
};

test("tokens have a creation stack again afterwards", () => {
  const made = withoutCreationStacks(() => new VirtualNetwork(newStack(), "hub", network));
  expect(withoutCreationStacks(() => stackOf(made.id))).toEqual([]);
  expect(stackOf(made.id).join()).toContain("creation-stacks.test");
});

test("an error keeps its stack trace, and later ones too", () => {
  const failing = () =>
    withoutCreationStacks(() => {
      throw new Error("a naming of the user's own fails");
    });
  const traceOf = (run: () => unknown): string | undefined => {
    try {
      run();
    } catch (error) {
      return (error as Error).stack;
    }
    return undefined;
  };
  expect(traceOf(failing)).toContain("creation-stacks.test");
  expect(new Error("another").stack).toContain("creation-stacks.test");
});
