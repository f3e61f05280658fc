import { ApiObject, type ApiObjectProps } from 'cdk8s';
import { Construct } from 'constructs';
import type { Expr } from './expr';
import type { ManifestLiteral } from './kinds';
import { exprOf, type Val } from './value';

/**
 * A Kubernetes object written as its own JSON. It is a plain cdk8s ApiObject; only its type is
 * stricter. The namespace defaults to that of the tier.
 */
export class Manifest extends ApiObject {
  public constructor(scope: Construct, id: string, literal: ManifestLiteral) {
    refuseCycles(literal, `${scope.node.path}/${id}`);
    // The one cast point: cdk8s takes any data, and Values pass through it untouched.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    super(scope, id, literal as any as ApiObjectProps);
  }
}

/** cdk8s would follow a cycle until the stack ends; say where it is instead. */
function refuseCycles(json: unknown, path: string, open: readonly unknown[] = []): void {
  if (typeof json !== 'object' || json === null) return;
  if (open.includes(json)) {
    throw new TypeError(
      `[${path}] contains itself; a manifest is a tree, so build a new object instead.`,
    );
  }
  for (const [key, value] of Object.entries(json))
    refuseCycles(value, `${path}/${key}`, [...open, json]);
}

/** All objects below are there only where the condition holds. */
export class When extends Construct {
  public readonly condition: Expr;

  public constructor(scope: Construct, id: string, condition: Val<boolean>) {
    super(scope, id);
    this.condition = exprOf(condition);
  }
}

/** All objects below are in the chart only, such as the pods of `helm test`; the proof lists them. */
export class ChartOnly extends Construct {}
