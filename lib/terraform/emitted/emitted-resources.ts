import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import type { EmittedResource } from "./emitted-resource";
import { EmittedStack } from "./emitted-stack";

// References that lead in a circle are nothing that Terraform takes.
const MAX_FOLLOWED = 8;

const REFERENCE = /^\$\{([^\s"{}(),]+):((?:data\.)?\w+\.[\w-]+)\.(\w+)\}$/;

/** What the stacks of an app will emit. Each is read when it is first asked for, and then once. */
export class EmittedResources {
  private readonly stacks = new Map<TerraformStack, EmittedStack>();

  /** What a stack will emit. */
  public in(stack: TerraformStack): EmittedStack {
    const emitted = this.stacks.get(stack) ?? new EmittedStack(stack);
    this.stacks.set(stack, emitted);
    return emitted;
  }

  /**
   * What a text means: the text that a reference leads to where that is
   * emitted in the app, or else the text itself.
   *
   * @param text a text in which references name their stacks
   * @param app any construct of the app
   */
  public follow(text: unknown, app: IConstruct, followed = 0): unknown {
    const reference = typeof text === "string" && followed < MAX_FOLLOWED ? REFERENCE.exec(text) : null;
    const target = reference && this.find(reference[1], reference[2], app)?.attribute(reference[3]);
    return typeof target === "string" ? this.follow(target, app, followed + 1) : text;
  }

  /** The resource or data source at an address of the stack at a path. */
  public find(stackPath: string, address: string, app: IConstruct): EmittedResource | undefined {
    let node: IConstruct | undefined = app.node.root;
    for (const id of stackPath.split("/")) node = node?.node.tryFindChild(id);
    return TerraformStack.isStack(node) ? this.in(node as TerraformStack).at(address) : undefined;
  }
}

/** Every stack of the app that a construct is in. */
export function stacksOfApp(construct: IConstruct): TerraformStack[] {
  return construct.node.root.node
    .findAll()
    .filter((node): node is TerraformStack => TerraformStack.isStack(node));
}
