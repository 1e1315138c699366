import { checkResourceGroupName } from "../azure/names";
import { isOpaque } from "../base/opaque";
import { type Problem, problemUnless, refused, refuseProblems } from "../base/problem";
import { checkDeployment } from "../plan/checks/deployment";
import { checkShape } from "../plan/shape/check-shape";
import { withoutPassword } from "../plan/shape/passwords";
import { deploymentOf } from "./deployment-of-file";
import { hasMachines } from "./machines-of-file";
import { CONTEXT_KEY, type DeploymentFile, deploymentFileSchema } from "./schema";

/**
 * The deployment in the context of cdktf.json. It is checked in two phases:
 * first the shape, then the values and how they fit together.
 *
 * @param context the value of `context`
 * @param subject what errors call the input
 * @throws InvalidInputError with all problems of a phase
 */
export function readDeployment(context: unknown, subject: string): DeploymentFile {
  if (!isObject(context)) {
    refuse(subject, "context", "is not an object", context, `an object with the key ${CONTEXT_KEY}`);
  }
  const raw = (context as Record<string, unknown>)[CONTEXT_KEY];
  if (!isObject(raw)) {
    const what = raw === undefined ? "is missing" : "is not an object";
    refuse(subject, `context.${CONTEXT_KEY}`, what, raw, "an object that describes the deployment");
  }
  refuseAll(subject, [...checkShape(deploymentFileSchema, raw, CONTEXT_KEY), ...expressionsIn(raw, "")]);
  const file = raw as DeploymentFile;
  const deployment = deploymentOf(file);
  refuseAll(subject, [
    ...checkDeployment(deployment).problems,
    ...checkBackend(file),
    ...problemsOfMachines(file),
  ]);
  return file;
}

// Source: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftstorage
const STORAGE_ACCOUNT = /^[a-z0-9]{3,24}$/;
const CONTAINER = /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/;

/** Names that Azure takes; a wrong one would only be found by `terraform init`. */
function checkBackend({ backend }: DeploymentFile): Problem[] {
  if (!backend || !("azurerm" in backend)) return [];
  const path = "backend.azurerm";
  const { resourceGroup, storageAccount, container } = backend.azurerm;
  const isAccount = STORAGE_ACCOUNT.test(storageAccount);
  return [
    ...checkResourceGroupName(`${path}.resourceGroup`, resourceGroup),
    ...problemUnless(isAccount, "name-invalid", `${path}.storageAccount`, storageAccount, {
      what: "is a name that Azure refuses for a storage account",
      allowed: "3 to 24 lower-case letters and digits",
      change: "Write the name of the storage account, not its address",
    }),
    ...problemUnless(CONTAINER.test(container), "name-invalid", `${path}.container`, container, {
      what: "is a name that Azure refuses for a container",
      allowed:
        "3 to 63 lower-case letters, digits and single hyphens, beginning and ending with a letter or digit",
      change: "Write the name of the container",
    }),
  ];
}

/** What is wrong with the machines. Their checks are loaded only if there are any. */
function problemsOfMachines(file: DeploymentFile): Problem[] {
  if (!hasMachines(file)) return [];
  // eslint-disable-next-line @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports
  const { machineProblems } = require("./machine-problems") as typeof import("./machine-problems");
  return machineProblems(file);
}

/**
 * A file holds plain values: what is known only at apply would pass every
 * check, and a stack cannot be named after it. Code can give such values.
 */
function expressionsIn(value: unknown, path: string): Problem[] {
  if (typeof value === "string" && isExpression(value)) {
    return refused("expression", path, value, {
      what: "is an expression, which cannot be checked before the deployment",
      allowed: "plain values; expressions are supported only in code",
      change: "Write the value itself",
    });
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => expressionsIn(item, `${path}[${index}]`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const innerPath = path === "" ? key : `${path}.${key}`;
    return [...expressionsIn(key, innerPath), ...expressionsIn(inner, innerPath)];
  });
}

/** Whether Terraform would read the text as a template; a directive, "%{ if }", is one as well. */
function isExpression(text: string): boolean {
  return isOpaque(text) || text.includes("%{");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function refuse(subject: string, path: string, what: string, value: unknown, allowed: string): void {
  const change = "Describe the deployment there, as the README shows";
  const code = value === undefined ? "missing" : "wrong-type";
  refuseProblems(subject, refused(code, path, value, { what, allowed, change }));
}

function refuseAll(subject: string, problems: readonly Problem[]): void {
  const distinct = new Map(problems.map((problem) => [`${problem.path} ${problem.what}`, problem]));
  refuseProblems(subject, [...distinct.values()].map(withoutPassword));
}
