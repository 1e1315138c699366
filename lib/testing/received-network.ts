import { Testing, TerraformStack } from "cdktf";
import { JsonNode } from "../terraform/json-node";
import { jsonOfBytes } from "../terraform/json-of-bytes";
import { type NetworkOfFiles, networkOfFiles } from "../terraform/network-of-files";
import { networkOfJson } from "../terraform/read-network-file";

/** What errors call what was handed to `expect`. */
const SUBJECT = "what expect() was given";

/**
 * The groups in what was handed to `expect`: a stack, which is synthesized, or
 * the JSON of one, of a plan, of a state or of `az network nsg list`, as text
 * or parsed.
 *
 * @throws InvalidInputError where it is none of these
 */
export function receivedNetwork(received: unknown): NetworkOfFiles {
  return networkOfFiles([networkOfJson(jsonOf(received))]);
}

function jsonOf(received: unknown): JsonNode {
  if (TerraformStack.isStack(received)) {
    // Only what is synthesized counts: overrides and aspects of users are in it.
    return new JsonNode(JSON.parse(Testing.synth(received as TerraformStack)), "", SUBJECT);
  }
  if (typeof received !== "string") return new JsonNode(received, "", SUBJECT);
  return jsonOfBytes(Buffer.from(received), SUBJECT, {
    allowed: "a TerraformStack, or the JSON that Testing.synth(stack) returns",
    change: "Hand over the stack itself",
  });
}
