import type { ClusterBox } from "./cluster-box";
import type { Box, Point } from "./geometry";
import type { Arrow, Cluster } from "./graph";

/** A cluster and where it is. */
export interface PlacedCluster {
  readonly cluster: Cluster;
  readonly box: Box;
  readonly content: ClusterBox;
}

/** An arrow and where it runs. */
export interface PlacedArrow {
  readonly arrow: Arrow;
  /** From its tail to its head. */
  readonly points: readonly Point[];
  readonly label: Box;
}
