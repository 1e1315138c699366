import * as z from "zod/mini";
import { CONTEXT_KEY } from "./context-key";
import { deploymentSchema } from "./schema";

/** A JSON schema of cdktf.json, so that an editor completes and checks the deployment in it. */
export function cdktfJsonSchema(): object {
  const { $schema, ...deployment } = z.toJSONSchema(deploymentSchema, {
    target: "draft-7",
    override: ({ jsonSchema }) => {
      const properties = jsonSchema.properties ?? {};
      if (!["subnet", "addresses", "on"].every((place) => place in properties)) return;
      // A repository of object storage can be in a region in place of an address.
      const places = ["subnet", "existingSubnet", "addresses", "on", "region"].filter(
        (place) => place in properties,
      );
      jsonSchema.oneOf = places.map((place) => ({ required: [place] }));
    },
  });
  return {
    $schema,
    title: "cdktf.json with a deployment of Veeam Backup for Microsoft Entra ID",
    type: "object",
    required: ["context"],
    properties: {
      context: {
        type: "object",
        required: [CONTEXT_KEY],
        properties: { [CONTEXT_KEY]: deployment },
      },
    },
  };
}
