import { Testing, TerraformStack } from "cdktf";
import { JsonNode } from "../terraform/files/json-node";
import { jsonOfBytes } from "../terraform/files/json-of-bytes";
import { type NetworkOfFiles, networkOfFiles } from "../terraform/joined/network-of-files";
import { networkOfJson } from "../terraform/read-network-file";

/** Name of the received value in errors. */
const SUBJECT = "the value given to expect()";

/**
 * The network security groups in a received value: a stack, which is
 * synthesized, or the JSON of a stack, a plan, a state or `az network nsg
 * list`, as text or parsed.
 *
 * @throws InvalidInputError if it is none of these
 */
export function receivedNetwork(received: unknown): NetworkOfFiles {
  return networkOfFiles([networkOfJson(jsonOf(received))]);
}

function jsonOf(received: unknown): JsonNode {
  if (TerraformStack.isStack(received)) {
    // The synthesized stack includes overrides and aspects.
    return new JsonNode(JSON.parse(Testing.synth(received as TerraformStack)), "", SUBJECT);
  }
  if (typeof received !== "string") return new JsonNode(received, "", SUBJECT);
  return jsonOfBytes(Buffer.from(received), SUBJECT, {
    allowed: "a TerraformStack, or the JSON that Testing.synth(stack) returns",
    change: "Give the stack itself",
  });
}
