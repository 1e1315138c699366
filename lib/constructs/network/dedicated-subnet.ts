import type { Construct } from "constructs";
import { mergePrefixes } from "../../azure/sets/prefix-list";
import type { ExistingSubnetInput } from "../../plan/deployment";
import { inAzureCasing } from "../../azure/azure-id";
import { FilteredPlace, type FilteredPlaceProps } from "./filtered-place";

/** An existing subnet in which nothing else lives. */
interface DedicatedSubnetProps extends FilteredPlaceProps {
  /** The subnet. */
  readonly existing: ExistingSubnetInput;
}

/** An existing subnet with this deployment's group, which denies everything without a flow. Its routes are managed elsewhere. */
export class DedicatedSubnet extends FilteredPlace {
  public readonly subnetId: string;

  constructor(scope: Construct, id: string, props: DedicatedSubnetProps) {
    super(scope, id, props, mergePrefixes(props.existing.addressPrefixes));
    this.subnetId = inAzureCasing(props.existing.id);
    props.network._addExistingPlace(this, props.path, props.existing);
    this.associate(this.makeGroup().id);
  }
}
