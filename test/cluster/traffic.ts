import { spawnSync } from 'node:child_process';
import type { Written } from './kube';
import { compose } from '../../main';
import { configPrograms } from '../configs/go-programs';

/*
 * Which traffic the network policies among objects let through, as cyclonus judges it, beside what
 * was declared. Its own judgement: nothing here reads what a policy says.
 */

/** As an API server tells it, and not as the Kubernetes client reads it, which knows no key `from`. */
export type Applied = Written & { readonly spec?: unknown };

interface Port {
  readonly name?: string;
  readonly containerPort: number;
  readonly protocol?: string;
}

interface PodTemplate {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
  readonly spec: {
    readonly hostNetwork?: boolean;
    readonly containers: readonly { readonly ports?: readonly Port[] }[];
  };
}

/** Somebody who sends or gets traffic: a pod, or an address outside of the cluster. */
interface Party {
  readonly name: string;
  readonly IP: string;
  readonly Internal?: {
    readonly Namespace: string;
    readonly NamespaceLabels: Readonly<Record<string, string>>;
    readonly PodLabels: Readonly<Record<string, string>>;
  };
  readonly ports?: readonly Port[];
}

const NAME = 'app.kubernetes.io/name';
const labelsOf = (namespace: string) => ({ 'kubernetes.io/metadata.name': namespace });
const stranger = (
  Namespace: string,
  IP: string,
  PodLabels: Record<string, string> = {},
): Party => ({
  name: Namespace,
  IP,
  Internal: { Namespace, NamespaceLabels: labelsOf(Namespace), PodLabels },
});

/** Who is not of the platform. That one with its labels is elsewhere must not help it. */
const STRANGERS: readonly Party[] = [
  stranger('kube-system', '10.244.9.1', { 'k8s-app': 'kube-dns' }),
  stranger('ingress-nginx', '10.244.9.2'),
  stranger('monitoring', '10.244.9.3'),
  stranger('somebody-else', '10.244.9.4', { [NAME]: 'node-service' }),
  { name: 'a node', IP: '192.168.0.10' },
  { name: 'the internet', IP: '203.0.113.10' },
];

interface Workload {
  readonly party: Party;
  readonly isOfNode: boolean;
}

/** One for each workload: its pods are alike. Those in the network of their node are in no policy. */
function workloadsIn(all: readonly Applied[]): Workload[] {
  return all.flatMap((object, index) => {
    const template = templateOf(object);
    const { namespace = '' } = object.metadata;
    const labels = template?.metadata?.labels ?? {};
    if (template === undefined) return [];
    const Internal = {
      Namespace: namespace,
      NamespaceLabels: labelsOf(namespace),
      PodLabels: labels,
    };
    const party: Party = {
      name: labels[NAME] ?? '',
      IP: `10.244.${String(Math.floor(index / 200))}.${String((index % 200) + 1)}`,
      Internal,
      ports: template.spec.containers.flatMap(({ ports = [] }) => ports),
    };
    return [{ party, isOfNode: template.spec.hostNetwork === true }];
  });
}

function templateOf({ kind, spec }: Applied): PodTemplate | undefined {
  const found = spec as { template?: PodTemplate; jobTemplate?: { spec: typeof found } };
  const isWorkload = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job'].includes(kind);
  if (isWorkload) return found.template;
  return kind === 'CronJob' ? found.jobTemplate?.spec.template : undefined;
}

/** Ports that nobody of the platform has, or that strangers have. */
const OTHER_PORTS = [22, 53, 80, 443, 6443];

export interface Traffic {
  /** Lines of what is let through: who, to whom, and the port. */
  readonly allowed: readonly string[];
  /** Names of workloads that policies do not hold for. */
  readonly unpoliced: readonly string[];
  readonly asked: number;
}

const line = (from: string, to: string, port: number, protocol = 'TCP'): string =>
  `${from} -> ${to} ${String(port)}/${protocol}`;

/** Everybody to everybody, at every port that anybody has; between strangers nothing is asked. */
export function trafficAmong(all: readonly Applied[]): Traffic {
  const workloads = workloadsIn(all);
  const own = workloads.filter(({ isOfNode }) => !isOfNode).map(({ party }) => party);
  const declared = own.flatMap(({ ports = [] }) => ports.map(({ containerPort }) => containerPort));
  const ports = [...new Set([...declared, ...OTHER_PORTS])].sort((a, b) => a - b);
  const pairs = [
    ...own.flatMap((from) => [...own, ...STRANGERS].map((to) => ({ from, to }))),
    ...STRANGERS.flatMap((from) => own.map((to) => ({ from, to }))),
  ];
  const asked = pairs.flatMap(({ from, to }) =>
    ports.flatMap((port) => ['TCP', 'UDP'].map((protocol) => ({ from, to, port, protocol }))),
  );
  const answers = judged(
    all.filter(({ kind }) => kind === 'NetworkPolicy'),
    asked.map(({ from, to, port, protocol }) => ({
      Source: from,
      Destination: to,
      ResolvedPort: port,
      ResolvedPortName: portName(to, port, protocol),
      Protocol: protocol,
    })),
  );
  return {
    allowed: asked
      .filter((_, index) => answers[index] === true)
      .map(({ from, to, port, protocol }) => line(from.name, to.name, port, protocol))
      .sort(),
    unpoliced: workloads.filter(({ isOfNode }) => isOfNode).map(({ party }) => party.name),
    asked: asked.length,
  };
}

const portName = ({ ports = [] }: Party, port: number, of: string): string =>
  ports.find(({ containerPort, protocol = 'TCP' }) => containerPort === port && protocol === of)
    ?.name ?? '';

function judged(policies: readonly Applied[], traffic: readonly object[]): boolean[] {
  const program = configPrograms.find('network-policies');
  if (program === undefined) throw new Error('There is no program that judges network policies.');
  const input = JSON.stringify({ policies, traffic });
  const { stdout, stderr, status } = spawnSync(program, { input, maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(stderr.toString());
  return JSON.parse(stdout.toString()) as boolean[];
}

/** Who may be reached beside connections, and by whom; with a public route, by ingress controllers. */
const PEERS: readonly (readonly [from: string, to: string, ports: readonly number[]])[] = [
  // The model registry has no fixed addresses.
  ['ollama-models', '*', [443]],
  // The API server: values know no addresses of its own.
  ['data-secrets', '*', [443, 6443]],
  ['kube-state-metrics', '*', [443, 6443]],
];
const ROUTED: readonly (readonly [to: string, port: number])[] = [
  ['gateway', 8080],
  ['node-service', 3100],
];

/** What was declared: connections whose both sides are there, DNS for all, and peers. */
function declaredAmong(all: readonly Applied[]): string[] {
  const own = workloadsIn(all).filter(({ isOfNode }) => !isOfNode);
  const names = own.map(({ party }) => party.name);
  const links = compose()
    .build()
    .tiers.flatMap((tier) => tier.links)
    .filter(({ from, to }) => names.includes(from) && names.includes(to.name))
    .map(({ from, to, port }) => line(from, to.name, port));
  const dns = names.flatMap((name) =>
    ['TCP', 'UDP'].map((protocol) => line(name, 'kube-system', 53, protocol)),
  );
  const peers = PEERS.filter(([from]) => names.includes(from)).flatMap(([from, to, ports]) =>
    (to === '*' ? STRANGERS.map(({ name }) => name) : [to]).flatMap((name) =>
      ports.map((port) => line(from, name, port)),
    ),
  );
  const isPublic = all.some(({ kind }) => kind === 'Ingress');
  const routed = isPublic ? ROUTED.map(([to, port]) => line('ingress-nginx', to, port)) : [];
  return [...links, ...dns, ...peers, ...routed].sort();
}

export interface Differences {
  /** What is let through, and nobody declared. */
  readonly more: readonly string[];
  /** What was declared, and is not let through. */
  readonly less: readonly string[];
}

export function differencesAmong(all: readonly Applied[], { allowed }: Traffic): Differences {
  const declared = declaredAmong(all);
  return {
    more: allowed.filter((one) => !declared.includes(one)),
    less: declared.filter((one) => !allowed.includes(one)),
  };
}
