import { join } from 'node:path';
import { startApiServer, type ApiServerOptions, type RealApiServer } from './api-server';
import { startMetricsServer } from './metrics-server';
import { nodeObject, nodes, runtimeClass, storageClass, zonalClass } from './nodes';
import { freePort } from '../free-port';
import { built, type BuildOptions, type KubernetesVersion } from './programs';
import { stages } from './stages';

/**
 * A whole control plane with simulated nodes: it accepts, schedules, rolls out, scales and evicts for
 * real, and what a kubelet does is KWOK's.
 */
export async function startControlPlane(
  version: KubernetesVersion,
  options: ApiServerOptions = {},
): Promise<RealApiServer> {
  const { kubernetes, kwok, metricsServer } = await buildControlPlane(version, options);
  const server = await startApiServer(version, options);
  try {
    startControllers(server, kubernetes);
    await startKwok(server, kwok);
    await fill(server);
    await startMetricsServer(server, metricsServer);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

/** The folders of its programs, all of them built before anything runs. */
export async function buildControlPlane(version: KubernetesVersion, options: BuildOptions) {
  const kubernetes = await built(`kubernetes-${version}`, options);
  await built('etcd', options);
  const kwok = await built('kwok', options);
  return { kubernetes, kwok, metricsServer: await built('metrics-server', options) };
}

/** In a client's words: as fast as it can. */
const QUICK = { 'kube-api-qps': '500', 'kube-api-burst': '1000' };

function startControllers({ processes, kubeconfig }: RealApiServer, folder: string): void {
  const common = { kubeconfig, 'leader-elect': 'false', 'secure-port': '0', ...QUICK };
  processes.start(join(folder, 'kube-controller-manager'), 'kube-controller-manager', {
    ...common,
    'service-account-private-key-file': processes.file('sa.key'),
    'root-ca-file': processes.file('ca.crt'),
    'use-service-account-credentials': 'true',
    'horizontal-pod-autoscaler-sync-period': '3s',
    'horizontal-pod-autoscaler-downscale-stabilization': '10s',
    'horizontal-pod-autoscaler-cpu-initialization-period': '1s',
    'horizontal-pod-autoscaler-initial-readiness-delay': '1s',
    'node-monitor-period': '2s',
    'node-monitor-grace-period': '20s',
    // Not 1: the limiter that lets nothing through, before the first node is ready, says that it has 1,
    // and so it is not replaced by one of 1 afterwards.
    'node-eviction-rate': '2',
  });
  processes.start(join(folder, 'kube-scheduler'), 'kube-scheduler', common);
}

async function startKwok({ processes, kubeconfig }: RealApiServer, folder: string): Promise<void> {
  const port = String(await freePort());
  processes.start(join(folder, 'kwok'), 'kwok', {
    kubeconfig,
    'manage-nodes-with-label-selector': 'type=kwok',
    cidr: '10.244.0.0/16',
    'node-ip': '127.0.0.1',
    'node-port': port,
    'server-address': `127.0.0.1:${port}`,
    'tls-cert-file': processes.file('tls.crt'),
    'tls-private-key-file': processes.file('tls.key'),
    'node-lease-duration-seconds': '12',
    config: processes.file('stages.yaml', stages(join(folder, 'kustomize'))),
  });
}

async function fill({ processes, ask }: RealApiServer): Promise<void> {
  const make = async (path: string, object: object): Promise<void> => {
    const { status, body } = await ask('POST', path, object);
    if (status !== 201) throw new Error(`${path} is answered with ${JSON.stringify(body)}.`);
  };
  await make('/apis/storage.k8s.io/v1/storageclasses', storageClass);
  await make('/apis/storage.k8s.io/v1/storageclasses', zonalClass);
  await make('/apis/node.k8s.io/v1/runtimeclasses', runtimeClass);
  for (const node of nodes) await make('/api/v1/nodes', nodeObject(node));
  await processes.until('The nodes are not ready', async () => {
    const { body } = await ask('GET', '/api/v1/nodes');
    const conditions = (body['items'] as Node[]).map(({ status }) => status.conditions ?? []);
    return conditions.every((all) =>
      all.some(({ type, status }) => type === 'Ready' && status === 'True'),
    );
  });
  // Without it, no pod is admitted to the namespace.
  const account = '/api/v1/namespaces/default/serviceaccounts/default';
  await processes.until(
    'The controllers have made no service account',
    async () => (await ask('GET', account)).status === 200,
  );
}

interface Node {
  readonly status: { readonly conditions?: readonly { type: string; status: string }[] };
}
