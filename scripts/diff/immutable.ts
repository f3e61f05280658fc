import { parseQuantity } from '../../synth/checks/quantity';
import type { Json } from '../../synth/node';
import type { Parsed } from '../../synth/proof/parse';
import type { Change, Part } from './changes';
import { groupBy } from './group';

/** What the API server refuses to change in an object that exists. */
interface Rule {
  /**
   * Names of the rule by the field that stays as it is, with all that is below it. Of two that hold
   * a change, the longer one.
   */
  readonly fixed: Readonly<Record<string, string>>;
  /** Fields below them that may change all the same. */
  readonly free?: readonly string[];
  /** What the API server puts where there is nothing: to write it, or to leave it out, is the same. */
  readonly defaults?: Readonly<Record<string, Parsed>>;
  /** A change beside which all of them may change. */
  readonly unless?: (change: Change) => boolean;
  /** What to do instead. */
  readonly remedy: string;
}

/** A field that is refused. */
export interface Refusal {
  /** Of the rule, such as `claim-template`. */
  readonly name: string;
  /** `spec.volumeClaimTemplates` */
  readonly field: string;
  readonly changes: readonly Change[];
  readonly why: string;
  readonly remedy: string;
}

const ANEW = 'delete it and apply it again, or give the new one another name';
const ORPHAN =
  'delete it with kubectl delete --cascade=orphan, which leaves its pods and claims, and apply it again';
const COPY = 'copy the data to a claim of another name';
const selector: Rule = { fixed: { 'spec.selector': 'selector' }, remedy: ANEW };
const roleRef: Rule = { fixed: { roleRef: 'role-ref' }, remedy: ANEW };

/** By group and kind, as of Kubernetes 1.28: later versions let some of it change. */
const RULES: Readonly<Record<string, Rule>> = {
  'StatefulSet.apps': {
    fixed: {
      spec: 'stateful-set',
      'spec.selector': 'selector',
      'spec.serviceName': 'service-name',
      'spec.podManagementPolicy': 'pod-management',
      'spec.volumeClaimTemplates': 'claim-template',
    },
    free: [
      'spec.replicas',
      'spec.ordinals',
      'spec.template',
      'spec.updateStrategy',
      'spec.persistentVolumeClaimRetentionPolicy',
      'spec.minReadySeconds',
    ],
    defaults: { 'spec.podManagementPolicy': 'OrderedReady', 'spec.revisionHistoryLimit': 10n },
    remedy: ORPHAN,
  },
  'Deployment.apps': selector,
  'DaemonSet.apps': selector,
  'ReplicaSet.apps': selector,
  'Job.batch': {
    fixed: {
      spec: 'job-spec',
      'spec.selector': 'selector',
      'spec.template': 'job-template',
      'spec.completionMode': 'completion-mode',
    },
    free: [
      'spec.parallelism',
      'spec.suspend',
      'spec.activeDeadlineSeconds',
      'spec.backoffLimit',
      'spec.ttlSecondsAfterFinished',
    ],
    defaults: { 'spec.completionMode': 'NonIndexed', 'spec.completions': 1n },
    remedy: ANEW,
  },
  Pod: {
    fixed: { spec: 'pod-spec' },
    free: [
      'spec.activeDeadlineSeconds',
      'spec.tolerations',
      'spec.containers.image',
      'spec.initContainers.image',
    ],
    remedy: ANEW,
  },
  Service: {
    fixed: {
      'spec.clusterIP': 'cluster-ip',
      'spec.clusterIPs': 'cluster-ip',
      'spec.loadBalancerClass': 'load-balancer-class',
    },
    // It has no address, and so there is none to keep.
    unless: (change) =>
      keysOf(change.path).join('.') === 'spec.type' &&
      [before(change), after(change)].includes('ExternalName'),
    remedy: ANEW,
  },
  PersistentVolumeClaim: {
    fixed: { spec: 'claim-spec' },
    free: ['spec.resources.requests.storage'],
    defaults: { 'spec.volumeMode': 'Filesystem' },
    remedy: COPY,
  },
  PersistentVolume: {
    fixed: { spec: 'volume-spec' },
    free: [
      'spec.accessModes',
      'spec.capacity',
      'spec.claimRef',
      'spec.mountOptions',
      'spec.persistentVolumeReclaimPolicy',
    ],
    defaults: { 'spec.volumeMode': 'Filesystem' },
    remedy: ANEW,
  },
  'StorageClass.storage.k8s.io': {
    fixed: {
      provisioner: 'storage-class',
      parameters: 'storage-class',
      reclaimPolicy: 'storage-class',
      volumeBindingMode: 'storage-class',
    },
    defaults: { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' },
    remedy: ANEW,
  },
  'RoleBinding.rbac.authorization.k8s.io': roleRef,
  'ClusterRoleBinding.rbac.authorization.k8s.io': roleRef,
  'PriorityClass.scheduling.k8s.io': {
    fixed: { value: 'priority', preemptionPolicy: 'priority' },
    defaults: { preemptionPolicy: 'PreemptLowerPriority' },
    remedy: ANEW,
  },
  'RuntimeClass.node.k8s.io': { fixed: { handler: 'runtime-handler' }, remedy: ANEW },
  'IngressClass.networking.k8s.io': {
    fixed: { 'spec.controller': 'ingress-controller' },
    remedy: ANEW,
  },
  Secret: { fixed: { type: 'secret-type' }, defaults: { type: 'Opaque' }, remedy: ANEW },
};
/** Of objects that say so themselves. */
const SEALED: Readonly<Record<string, Rule>> = {
  ConfigMap: { fixed: { immutable: 'sealed', data: 'sealed', binaryData: 'sealed' }, remedy: ANEW },
  Secret: { fixed: { immutable: 'sealed', data: 'sealed', stringData: 'sealed' }, remedy: ANEW },
};

/** Every field that is refused. */
export const fixedFields = (): { kind: string; field: string; rule: string }[] =>
  [...Object.entries(RULES), ...Object.entries(SEALED)].flatMap(([kind, { fixed }]) =>
    Object.entries(fixed).map(([field, rule]) => ({ kind, field, rule })),
  );

/**
 * What will be refused, field by field.
 * @param kind with its group, as in `StatefulSet.apps`.
 * @param object as it is in the cluster.
 */
export function refusedFields(
  kind: string,
  object: Readonly<Record<string, Parsed>>,
  changes: readonly Change[],
): Refusal[] {
  const tables = object['immutable'] === true ? [RULES, SEALED] : [RULES];
  const rules = tables.flatMap((rules) =>
    Object.hasOwn(rules, kind) ? [rules[kind] as Rule] : [],
  );
  const [name = ''] = kind.split('.');
  const refused = rules.flatMap((rule) => {
    if (rule.unless !== undefined && changes.some(rule.unless)) return [];
    const byField = groupBy(
      changes.filter((change) => fixedBy(rule, change) !== undefined),
      (change) => fieldOf(keysOf(change.path), fixedBy(rule, change) ?? ''),
    );
    return [...byField].map(([field, changes]): Refusal => ({
      name: rule.fixed[field] ?? rule.fixed['spec'] ?? '',
      field,
      changes,
      why: `cannot change in a ${name} that exists`,
      remedy: rule.remedy,
    }));
  });
  return [...refused, ...shrinkingIn(kind, changes)];
}

/** As refusedFields, one sentence for all that have the same way out. */
export function refusals(...args: Parameters<typeof refusedFields>): string[] {
  const byEnd = groupBy(refusedFields(...args), ({ why, remedy }) => `${why}; ${remedy}.`);
  return [...byEnd].map(([end, fields]) => `${fields.map(({ field }) => field).join(', ')} ${end}`);
}

/** The fixed field that the change is in. */
function fixedBy({ fixed, free = [], defaults = {} }: Rule, change: Change): string | undefined {
  const path = keysOf(change.path);
  if (free.some((one) => isBelow(path, one)) || isDefault(change, defaults)) return undefined;
  const [longest] = Object.keys(fixed)
    .filter((one) => isBelow(path, one))
    .sort((one, other) => other.length - one.length);
  return longest;
}

function isDefault(change: Change, defaults: Readonly<Record<string, Parsed>>): boolean {
  const value = defaults[keysOf(change.path).join('.')];
  if (change.kind === 'added') return change.after === value;
  return change.kind === 'removed' && change.before === value;
}

const before = (change: Change) => ('before' in change ? change.before : undefined);
const after = (change: Change) => ('after' in change ? change.after : undefined);

export const keysOf = (path: readonly Part[]) => path.filter((part) => typeof part === 'string');

const isBelow = (path: readonly string[], field: string) =>
  field.split('.').every((part, index) => path[index] === part);

/** The field to name: the fixed one, or where that is all of spec, the one below it. */
const fieldOf = (path: readonly string[], fixed: string) =>
  fixed === 'spec' ? path.slice(0, 2).join('.') : fixed;

const SIZE = 'spec.resources.requests.storage';

function shrinkingIn(kind: string, changes: readonly Change[]): Refusal[] {
  return changes.flatMap((change): Refusal[] => {
    const isSize = keysOf(change.path).join('.') === SIZE;
    if (kind !== 'PersistentVolumeClaim' || !isSize || change.kind !== 'changed') return [];
    const why = 'of a claim that exists can only grow';
    return bytes(change.after) < bytes(change.before)
      ? [{ name: 'claim-size', field: SIZE, changes: [change], why, remedy: COPY }]
      : [];
  });
}

const bytes = (quantity: Parsed) => parseQuantity(quantity as Json) ?? 0n;
