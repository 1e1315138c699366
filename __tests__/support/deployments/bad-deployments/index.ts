import type { BadDeployment } from "./bad-deployment";
import { features } from "./features";
import { machines } from "./machines";
import { names } from "./names";
import { placement } from "./placement";
import { ports } from "./ports";
import { prefixes } from "./prefixes";
import { roles } from "./roles";
import { shape } from "./shape";
import { shapeOfFeatures } from "./shape-of-features";
import { state } from "./state";

/** Bad deployments by theme. */
export const BAD_DEPLOYMENTS: Readonly<Record<string, readonly BadDeployment[]>> = {
  prefixes,
  placement,
  names,
  ports,
  roles,
  shape,
  features,
  machines,
  state,
  "shape of features": shapeOfFeatures,
};

export type { BadDeployment };
