import { ApiObject, type ApiObjectProps, type JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import type { Expr } from './expr';
import type { ManifestLiteral } from './kinds';
import { checkLiteral } from './literal';
import { conditionOf } from './structure';
import type { Val } from './value';

/**
 * A Kubernetes object written as its own JSON. It is a plain cdk8s ApiObject; only its type is
 * stricter. The namespace defaults to that of the tier.
 */
export class Manifest extends ApiObject {
  private readonly literal: Readonly<Record<string, unknown>>;
  private isPatched = false;

  public constructor(scope: Construct, id: string, manifest: ManifestLiteral) {
    const { literal, complaints } = checkLiteral(manifest);
    const isTaken = scope.node.tryFindChild(id) !== undefined;
    // The one cast point: cdk8s takes any data, and Values pass through it untouched.
    super(scope, isTaken ? freeId(scope, id) : id, literal as unknown as ApiObjectProps);
    this.literal = literal;
    const faults = [
      ...(isTaken
        ? [`Construct id ${id} is taken in ${scope.node.path}; give one another id.`]
        : []),
      ...complaints,
    ];
    // Most have none, and there are thousands of them.
    if (faults.length > 0) this.node.addValidation({ validate: () => faults });
  }

  public override addJsonPatch(...ops: JsonPatch[]): void {
    this.isPatched = true;
    super.addJsonPatch(...ops);
  }

  /** As cdk8s makes it, but what was copied plain is not resolved and copied twice again. */
  public override toJson(): Record<string, unknown> {
    if (this.isPatched) return super.toJson() as Record<string, unknown>;
    return { ...this.literal, metadata: this.metadata.toJson() as unknown };
  }
}

const freeId = (scope: Construct, id: string) => `${id}-${String(scope.node.children.length)}`;

/** All objects below are there only where the condition holds. */
export class When extends Construct {
  public readonly condition: Expr;

  public constructor(scope: Construct, id: string, condition: Val<boolean>) {
    super(scope, id);
    this.condition = conditionOf(condition, 'When');
  }
}

/** All objects below are in the chart only, such as the pods of `helm test`; the proof lists them. */
export class ChartOnly extends Construct {}

/**
 * Makes its objects when the whole platform is composed: only then is every connection known.
 * Until that, others may still add to it.
 */
export abstract class Late extends Construct {
  private isComplete = false;

  /** Makes the objects; called once, by the platform. */
  protected abstract compose(): void;

  /** @internal Called by the platform. */
  public complete(): void {
    if (this.isComplete) return;
    this.isComplete = true;
    this.compose();
  }
}
