import { join } from 'node:path';
import type { RealApiServer } from './api-server';
import { freePort } from '../free-port';

/** Usage of the simulated pods, which KWOK takes from their annotations, for the autoscaler. */
export async function startMetricsServer(
  { processes, kubeconfig, ask }: RealApiServer,
  folder: string,
): Promise<void> {
  const port = await freePort();
  processes.start(join(folder, 'metrics-server'), 'metrics-server', {
    kubeconfig,
    'authentication-kubeconfig': kubeconfig,
    'authorization-kubeconfig': kubeconfig,
    'bind-address': '127.0.0.1',
    'secure-port': String(port),
    'tls-cert-file': processes.file('tls.crt'),
    'tls-private-key-file': processes.file('tls.key'),
    'kubelet-preferred-address-types': 'InternalIP',
    'kubelet-use-node-status-port': 'true',
    'kubelet-certificate-authority': processes.file('ca.crt'),
    'metric-resolution': '10s',
    // Below the resolution, else it panics.
    'kubelet-request-timeout': '5s',
  });
  await ask('POST', '/api/v1/namespaces/kube-system/services', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'metrics-server' },
    spec: { type: 'ExternalName', externalName: 'localhost', ports: [{ port }] },
  });
  await ask('POST', '/apis/apiregistration.k8s.io/v1/apiservices', {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name: 'v1beta1.metrics.k8s.io' },
    spec: {
      group: 'metrics.k8s.io',
      version: 'v1beta1',
      groupPriorityMinimum: 100,
      versionPriority: 100,
      // Its certificate is for 127.0.0.1, and the API server asks for the name of the service.
      insecureSkipTLSVerify: true,
      service: { namespace: 'kube-system', name: 'metrics-server', port },
    },
  });
}
