/*
 * Faults that the checks of this suite must catch, each by one change of one object of what was
 * written. faults.test.ts plants them.
 */

export type Check =
  /** `kubectl apply` with strict validation, an error or a warning. */
  | 'strict apply'
  /** That over the copy without the fault, which is installed. */
  | 'strict apply over it'
  /** What `npm run diff` finds, asked of the cluster. */
  | 'diff'
  /** What has not come about after a while. */
  | 'settled'
  /** What service accounts may not do. */
  | 'rights';

export interface Fault {
  /** What is broken. */
  readonly name: string;
  readonly environment: 'dev' | 'staging';
  /** The tier with the object, and those without which it would fail anyway. */
  readonly tiers: readonly string[];
  readonly kind: string;
  /** Its name, or the end of it where the namespace is in it. */
  readonly object: string;
  /** Steps to the field, and what is put there. */
  readonly change: readonly [path: readonly (string | number)[], value: unknown];
  readonly caughtBy: Check;
  /** In the sentence that tells of it. */
  readonly told: RegExp;
}

const NAME = 'app.kubernetes.io/name';
const POD = ['spec', 'template', 'spec'];
const CLAIM = ['spec', 'volumeClaimTemplates', 0, 'spec'];

const network = { environment: 'dev', tiers: ['04-network'] } as const;
const data = { environment: 'dev', tiers: ['01-data'] } as const;
const app = { environment: 'staging', tiers: ['03-app'] } as const;

export const FAULTS: readonly Fault[] = [
  {
    name: 'a Service that selects other pods',
    ...{ ...network, kind: 'Service', object: 'nginx-backend' },
    change: [['spec', 'selector', NAME], 'nginx-backends'],
    caughtBy: 'settled',
    told: /^Service fault-\d+-network\/nginx-backend has no ready pod$/,
  },
  {
    name: 'a budget that lets no node be drained',
    ...{ ...network, kind: 'PodDisruptionBudget', object: 'nginx-backend' },
    change: [['spec', 'maxUnavailable'], 0],
    caughtBy: 'settled',
    told: /^Budget fault-\d+-network\/nginx-backend lets none of 2 pods go: 2 must stay$/,
  },
  {
    name: 'a budget that guards other pods',
    ...{ ...app, kind: 'PodDisruptionBudget', object: 'node-service' },
    change: [['spec', 'selector', 'matchLabels', NAME], 'node-services'],
    caughtBy: 'settled',
    told: /^Budget fault-\d+-app\/node-service selects no pod$/,
  },
  {
    name: 'an autoscaler of another Deployment',
    ...{ ...app, kind: 'HorizontalPodAutoscaler', object: 'node-service' },
    change: [['spec', 'scaleTargetRef', 'name'], 'node-services'],
    caughtBy: 'settled',
    told: /^Autoscaler fault-\d+-app\/node-service: 0 of 2$/,
  },
  {
    name: 'a pod that asks for more than any node has',
    ...{ ...network, kind: 'Deployment', object: 'gateway' },
    change: [[...POD, 'containers', 0, 'resources', 'requests', 'cpu'], '4000'],
    caughtBy: 'settled',
    told: /^Pod fault-\d+-network\/gateway-.*: 0\/\d+ nodes are available: .*Insufficient cpu/,
  },
  {
    name: 'a pod of a service account that is not there',
    ...{ ...network, kind: 'Deployment', object: 'gateway' },
    change: [[...POD, 'serviceAccountName'], 'gateways'],
    caughtBy: 'settled',
    told: /^Deployment fault-\d+-network\/gateway: 0, 0, 0 of 1$/,
  },
  {
    name: 'a claim of a class that is not there',
    ...{ ...data, kind: 'StatefulSet', object: 'mongodb' },
    change: [[...CLAIM, 'storageClassName'], 'nowhere'],
    caughtBy: 'settled',
    told: /^Claim fault-\d+-data\/data-mongodb-0 is Pending$/,
  },
  {
    name: 'a privileged container where the namespace forbids it',
    ...{ ...network, kind: 'Deployment', object: 'gateway' },
    change: [[...POD, 'containers', 0, 'securityContext'], { privileged: true }],
    caughtBy: 'strict apply',
    told: /^Warning: would violate PodSecurity "restricted:latest": .*privileged \(container "gateway"/,
  },
  {
    name: 'a node label that is deprecated',
    ...{ ...network, kind: 'Deployment', object: 'gateway' },
    change: [[...POD, 'nodeSelector'], { 'beta.kubernetes.io/os': 'linux' }],
    caughtBy: 'strict apply',
    told: /^Warning: .*nodeSelector\[beta\.kubernetes\.io\/os\]: deprecated since v1\.14/,
  },
  {
    name: 'an API version that is gone',
    ...{ ...app, kind: 'HorizontalPodAutoscaler', object: 'node-service' },
    change: [['apiVersion'], 'autoscaling/v2beta2'],
    caughtBy: 'strict apply',
    told: /no matches for kind "HorizontalPodAutoscaler" in version "autoscaling\/v2beta2"/,
  },
  {
    name: 'a field that is not known',
    ...{ ...network, kind: 'Deployment', object: 'gateway' },
    change: [[...POD, 'containers', 0, 'readinesProbe'], {}],
    caughtBy: 'strict apply',
    told: /readinesProbe: field not declared in schema/,
  },
  {
    name: 'an object in a namespace that nothing makes',
    ...{ ...network, kind: 'Service', object: 'gateway' },
    change: [['metadata', 'namespace'], 'fault-nowhere'],
    caughtBy: 'strict apply',
    told: /namespaces "fault-nowhere" not found/,
  },
  {
    name: 'a claim template that is changed',
    ...{ ...data, kind: 'StatefulSet', object: 'mongodb' },
    change: [[...CLAIM, 'resources', 'requests', 'storage'], '2Gi'],
    caughtBy: 'strict apply over it',
    told: /StatefulSet "mongodb" is invalid: spec.*(Forbidden: updates to statefulset|is immutable)/,
  },
  {
    name: 'a StatefulSet of another Service',
    ...{ ...data, kind: 'StatefulSet', object: 'redis' },
    change: [['spec', 'serviceName'], 'redis-headless'],
    caughtBy: 'strict apply over it',
    told: /StatefulSet "redis" is invalid: spec.*(Forbidden: updates to statefulset|is immutable)/,
  },
  {
    name: 'a Service with another address',
    ...{ ...network, kind: 'Service', object: 'nginx-backend' },
    change: [['spec', 'clusterIP'], '10.96.77.77'],
    caughtBy: 'strict apply over it',
    told: /Service "nginx-backend" is invalid: spec\.clusterIPs\[0\]: Invalid value/,
  },
  {
    name: 'a number of pods that is not what was written',
    ...{ ...network, kind: 'Deployment', object: 'gateway' },
    change: [['spec', 'replicas'], 2],
    caughtBy: 'diff',
    told: /^\+ {2}replicas: 2$/,
  },
  {
    name: 'a Job of dev Secrets that may not make them',
    environment: 'dev',
    tiers: ['01-data', '03-app'],
    ...{ kind: 'Role', object: 'data-secrets-for-app' },
    change: [['rules', 1, 'verbs'], ['list']],
    caughtBy: 'rights',
    told: /^ServiceAccount fault-\d+-data\/data-secrets may not create secrets in fault-\d+-app$/,
  },
  {
    name: 'kube-state-metrics that may not see pods',
    environment: 'dev',
    tiers: ['05-cluster'],
    ...{ kind: 'ClusterRole', object: 'kube-state-metrics' },
    change: [['rules', 0, 'resources'], ['nodes']],
    caughtBy: 'rights',
    told: /^ServiceAccount fault-\d+-cluster\/kube-state-metrics may not list pods in all namespaces$/,
  },
];
