import { check, finding } from './check';
import { at, mapAt, textAt } from './json';
import { targetType } from './reference-list';
import { show } from '../problems';
import type { Item, World } from './world';

/** The autoscalers by what they scale. */
export class Autoscalers {
  private readonly byTarget: ReadonlyMap<string, Item>;

  public constructor(world: World) {
    this.byTarget = new Map(
      world.ofType('HorizontalPodAutoscaler', 'ScaledObject').map((item) => {
        const name = textAt(item.json, 'spec', 'scaleTargetRef', 'name');
        return [keyOf({ type: targetType(item), namespace: item.namespace, name }), item];
      }),
    );
  }

  /** What sets the number of pods of this workload, if anything does. */
  public of(workload: Item): Item | undefined {
    return this.byTarget.get(keyOf(workload));
  }
}

const keyOf = ({ type, namespace, name }: Pick<Item, 'type' | 'namespace' | 'name'>) =>
  [type, namespace, name].join('\n');

/** The fewest pods that an autoscaler leaves. */
export function fewestOf({ type, json }: Item): number {
  const spec = mapAt(json, 'spec');
  return type === 'ScaledObject'
    ? Number(at(spec, 'minReplicaCount') ?? 0)
    : Number(at(spec, 'minReplicas') ?? 1);
}

export const replicasBesideAutoscaler = check({
  id: 'replicas-beside-autoscaler',
  rule: 'A workload that an autoscaler scales has no replicas of its own.',
  why: 'Each apply sets the number back, and the autoscaler needs minutes to return to where it was.',
  remedy: 'Leave replicas out where the autoscaler is on, for example with when().',
  *find(world) {
    const autoscalers = new Autoscalers(world);
    for (const item of world.ofType('Deployment', 'StatefulSet', 'ReplicaSet')) {
      const replicas = at(item.json, 'spec', 'replicas');
      const scaler = autoscalers.of(item);
      if (replicas === undefined || scaler === undefined) continue;
      yield finding(
        item,
        `/spec/replicas is ${show(replicas)}, but ${scaler.kind}/${scaler.name} sets the number of pods, and each apply would undo its work; leave replicas out where the autoscaler is on`,
      );
    }
  },
});
