import type { Construct } from "constructs";
import { Role } from "../ports/port-table";
import { Component, type ComponentProps } from "./component";

/** A cache repository, where log backup keeps what it compares with. */
export class CacheRepository extends Component {
  constructor(scope: Construct, id: string, props: ComponentProps) {
    super(scope, id, Role.CACHE_REPOSITORY, props);
  }
}
