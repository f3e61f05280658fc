import type { Parsed } from '../../synth/proof/parse';
import type { Change, Part } from './changes';

/** What the API server refuses to change in an object that exists. */
interface Rule {
  /** Fields that stay as they are, with all that is below them. */
  readonly fixed: readonly string[];
  /** Fields below them that may change all the same. */
  readonly free?: readonly string[];
  /** What to do instead. */
  readonly remedy: string;
}

const ANEW = 'delete it and apply it again, or give the new one another name';
const selector: Rule = { fixed: ['spec.selector'], remedy: ANEW };

/** By group and kind, as of Kubernetes 1.28: later versions let some of it change. */
const RULES: Readonly<Record<string, Rule>> = {
  'StatefulSet.apps': {
    fixed: ['spec'],
    free: [
      'spec.replicas',
      'spec.ordinals',
      'spec.template',
      'spec.updateStrategy',
      'spec.persistentVolumeClaimRetentionPolicy',
      'spec.minReadySeconds',
    ],
    remedy:
      'delete it with kubectl delete --cascade=orphan, which leaves its pods and claims, and apply it again',
  },
  'Deployment.apps': selector,
  'DaemonSet.apps': selector,
  'ReplicaSet.apps': selector,
  'Job.batch': {
    fixed: ['spec'],
    free: [
      'spec.parallelism',
      'spec.suspend',
      'spec.activeDeadlineSeconds',
      'spec.backoffLimit',
      'spec.ttlSecondsAfterFinished',
    ],
    remedy: ANEW,
  },
  Pod: {
    fixed: ['spec'],
    free: [
      'spec.activeDeadlineSeconds',
      'spec.tolerations',
      'spec.containers.image',
      'spec.initContainers.image',
    ],
    remedy: ANEW,
  },
  Service: {
    fixed: ['spec.clusterIP', 'spec.clusterIPs', 'spec.loadBalancerClass'],
    remedy: ANEW,
  },
  PersistentVolumeClaim: {
    fixed: ['spec'],
    free: ['spec.resources.requests.storage'],
    remedy: 'copy the data to a claim of another name',
  },
  PersistentVolume: {
    fixed: ['spec'],
    free: [
      'spec.accessModes',
      'spec.capacity',
      'spec.claimRef',
      'spec.mountOptions',
      'spec.persistentVolumeReclaimPolicy',
    ],
    remedy: ANEW,
  },
  'StorageClass.storage.k8s.io': {
    fixed: ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'],
    remedy: ANEW,
  },
  'RoleBinding.rbac.authorization.k8s.io': { fixed: ['roleRef'], remedy: ANEW },
  'ClusterRoleBinding.rbac.authorization.k8s.io': { fixed: ['roleRef'], remedy: ANEW },
  'PriorityClass.scheduling.k8s.io': { fixed: ['value', 'preemptionPolicy'], remedy: ANEW },
  'RuntimeClass.node.k8s.io': { fixed: ['handler'], remedy: ANEW },
  'IngressClass.networking.k8s.io': { fixed: ['spec.controller'], remedy: ANEW },
  Secret: { fixed: ['type'], remedy: ANEW },
};
/** Of Secrets and ConfigMaps that say so themselves. */
const SEALED: Rule = { fixed: ['immutable', 'data', 'binaryData', 'stringData'], remedy: ANEW };

/**
 * What will be refused, one sentence a rule.
 * @param kind with its group, as in `StatefulSet.apps`.
 * @param before the object as it is in the cluster.
 */
export function refusals(
  kind: string,
  before: Readonly<Record<string, Parsed>>,
  changes: readonly Change[],
): string[] {
  const rules = [
    ...(Object.hasOwn(RULES, kind) ? [RULES[kind] as Rule] : []),
    ...(before['immutable'] === true ? [SEALED] : []),
  ];
  const [name] = kind.split('.');
  const refused = rules.flatMap(({ fixed, free = [], remedy }) => {
    const fields = changes
      .map(({ path }) => keysOf(path))
      .filter((path) => !free.some((one) => isBelow(path, one)))
      .flatMap((path) =>
        fixed.filter((one) => isBelow(path, one)).map((one) => fieldOf(path, one)),
      );
    const list = [...new Set(fields)].join(', ');
    return list === ''
      ? []
      : [`${list} cannot change in a ${String(name)} that exists; ${remedy}.`];
  });
  return [...refused, ...shrinkingIn(kind, changes)];
}

const keysOf = (path: readonly Part[]) => path.filter((part) => typeof part === 'string');

const isBelow = (path: readonly string[], field: string) =>
  field.split('.').every((part, index) => path[index] === part);

/** The field to name: the fixed one, or where that is all of spec, the one below it. */
const fieldOf = (path: readonly string[], fixed: string) =>
  fixed === 'spec' ? path.slice(0, 2).join('.') : fixed;

function shrinkingIn(kind: string, changes: readonly Change[]): string[] {
  return changes.flatMap((change) => {
    const isSize = keysOf(change.path).join('.') === 'spec.resources.requests.storage';
    if (kind !== 'PersistentVolumeClaim' || !isSize || change.kind !== 'changed') return [];
    return bytes(change.after) < bytes(change.before)
      ? [
          'spec.resources.requests.storage of a claim that exists can only grow; copy the data to a claim of another name.',
        ]
      : [];
  });
}

const UNITS = ['', 'k', 'M', 'G', 'T', 'P', 'E'];

function bytes(quantity: Parsed): number {
  const text = typeof quantity === 'object' ? '' : String(quantity);
  const [, number, unit = '', binary] = /^([0-9.]+)([kKMGTPE]?)(i?)$/.exec(text) ?? [];
  const power = UNITS.indexOf(unit === 'K' ? 'k' : unit);
  return Number(number) * (binary === 'i' ? 1024 : 1000) ** power;
}
