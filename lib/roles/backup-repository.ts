import type { Construct } from "constructs";
import { Role } from "../ports/port-table";
import { Component, type ComponentProps } from "./component";

/** A primary or secondary backup repository. */
export class BackupRepository extends Component {
  constructor(scope: Construct, id: string, props: ComponentProps) {
    super(scope, id, Role.BACKUP_REPOSITORY, props);
  }
}
