import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Objects by API group and resource, such as "apps/deployments"; the core group is empty. */
type Content = Readonly<Record<string, readonly object[]>>;

/** An API server as far as someone sees it who lists and watches; nothing ever changes in it. */
export class ApiServer {
  /** What was listed or watched, as "<group>/<resource>". */
  public readonly asked = new Set<string>();
  private readonly server = createServer((request, response) => {
    this.answer(request, response);
  });

  public constructor(private readonly content: Content = {}) {}

  public async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const match = /^\/(?:api|apis\/([^/]+))\/([^/]+)\/([a-z]+)$/.exec(pathname);
    response.setHeader('content-type', 'application/json');
    if (match === null) {
      response.end(JSON.stringify({ major: '1', minor: '36', gitVersion: 'v1.36.0' }));
      return;
    }
    const [, group = '', version = '', resource = ''] = match;
    this.asked.add(`${group}/${resource}`);
    const apiVersion = group === '' ? version : `${group}/${version}`;
    const items = (this.content[`${group}/${resource}`] ?? []).map((item) => ({
      apiVersion,
      ...item,
    }));
    const metadata = { resourceVersion: '1' };
    if (searchParams.get('watch') === null) {
      response.end(JSON.stringify({ kind: 'List', apiVersion, metadata, items }));
      return;
    }
    const event = (type: string, object: object) =>
      response.write(`${JSON.stringify({ type, object })}\n`);
    response.writeHead(200);
    if (searchParams.get('sendInitialEvents') === 'true') {
      for (const item of items) event('ADDED', item);
      const annotations = { 'k8s.io/initial-events-end': 'true' };
      const kind = kindOf(resource);
      event('BOOKMARK', { kind, apiVersion, metadata: { ...metadata, annotations } });
    }
    // The watch goes on, and tells of nothing.
  }
}

/** Clients want to know the kind of a bookmark, too. */
const KINDS: Readonly<Record<string, string>> = {
  cronjobs: 'CronJob',
  daemonsets: 'DaemonSet',
  deployments: 'Deployment',
  horizontalpodautoscalers: 'HorizontalPodAutoscaler',
  ingresses: 'Ingress',
  jobs: 'Job',
  namespaces: 'Namespace',
  nodes: 'Node',
  persistentvolumeclaims: 'PersistentVolumeClaim',
  persistentvolumes: 'PersistentVolume',
  poddisruptionbudgets: 'PodDisruptionBudget',
  pods: 'Pod',
  replicasets: 'ReplicaSet',
  resourcequotas: 'ResourceQuota',
  statefulsets: 'StatefulSet',
};

function kindOf(resource: string): string {
  const kind = KINDS[resource];
  if (kind === undefined) throw new Error(`What is the kind of ${resource}?`);
  return kind;
}
