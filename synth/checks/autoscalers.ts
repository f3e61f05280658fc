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
      world.ofType(...KINDS).map((item) => {
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

/** The most pods that an autoscaler makes; KEDA's own default is 100. */
const mostOf = ({ type, json }: Item): number =>
  type === 'ScaledObject'
    ? Number(at(json, 'spec', 'maxReplicaCount') ?? 100)
    : Number(at(json, 'spec', 'maxReplicas'));

const KINDS = ['HorizontalPodAutoscaler', 'ScaledObject'] as const;

export const autoscalerRange = check({
  id: 'autoscaler-range',
  rule: 'An autoscaler has at least as many pods at most as at least.',
  why: 'The API server refuses an autoscaler whose minimum is above its maximum, in the middle of an apply.',
  remedy: 'Raise the maximum, or lower the minimum.',
  alone: true,
  *find(world) {
    for (const item of world.ofType(...KINDS)) {
      const [fewest, most] = [fewestOf(item), mostOf(item)];
      if (!(fewest > most)) continue;
      yield finding(
        item,
        `/spec has ${String(fewest)} pods at least and ${String(most)} at most, which the API server refuses; raise the maximum, or lower the minimum`,
      );
    }
  },
});

export const autoscalerShared = check({
  id: 'autoscaler-shared',
  rule: 'One autoscaler at most scales a workload.',
  why: 'Two undo each other’s work every few seconds, and the number of pods swings.',
  remedy: 'Put the metrics of both into one autoscaler; the highest demand wins.',
  *find(world) {
    const found = new Map<string, Item>();
    for (const item of world.ofType(...KINDS)) {
      const name = textAt(item.json, 'spec', 'scaleTargetRef', 'name');
      const type = targetType(item);
      const key = keyOf({ type, namespace: item.namespace, name });
      const other = found.get(key);
      if (other === undefined) found.set(key, item);
      else {
        yield finding(
          item,
          `/spec/scaleTargetRef names ${type}/${name}, which ${other.kind}/${other.name} (${other.where}) scales already, so that the number of pods swings; put the metrics of both into one`,
        );
      }
    }
  },
});

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
