import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { authority } from '../constructs/certificate';
import { freePort } from '../free-port';
import { Processes } from './processes';
import { built, type BuildOptions, type KubernetesVersion } from './programs';

export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** A real API server with RBAC on 127.0.0.1, without controllers and nodes. */
export interface RealApiServer {
  version: KubernetesVersion;
  port: number;
  /** Of the certificate, as PEM. */
  ca: string;
  /** A kubeconfig with all rights, as a file. */
  kubeconfig: string;
  ask: (method: string, path: string, body?: object, token?: string) => Promise<Answer>;
  /** What was asked so far, from the audit log; throws where it keeps none. */
  events: () => Record<string, unknown>[];
  /** It, and what is started beside it. */
  processes: Processes;
  stop: () => Promise<void>;
}

export interface ApiServerOptions extends BuildOptions {
  /** Of the API server; by default a free one. */
  readonly port?: number | undefined;
  /** Whether it keeps an audit log for `events()`; by default not. */
  readonly audits?: boolean;
}

const ADMIN = 'token-of-the-admin';

export async function startApiServer(
  version: KubernetesVersion,
  options: ApiServerOptions = {},
): Promise<RealApiServer> {
  const etcd = join(await built('etcd', options), 'etcd');
  const program = join(await built(`kubernetes-${version}`, options), 'kube-apiserver');
  // A free port can be gone before the program takes it.
  for (let tries = 1; ; tries += 1) {
    const processes = new Processes();
    try {
      options.signal?.addEventListener('abort', () => void processes.stop());
      return await start(version, { ...options, etcd, program, processes });
    } catch (error) {
      await processes.stop();
      const isTaken = / cannot listen on /.test((error as Error).message);
      if (!isTaken || options.port !== undefined || tries === 3) throw error;
    }
  }
}

interface Parts extends ApiServerOptions {
  readonly etcd: string;
  readonly program: string;
  readonly processes: Processes;
}

async function start(version: KubernetesVersion, parts: Parts): Promise<RealApiServer> {
  const { processes } = parts;
  const file = processes.file.bind(processes);
  const [client, peer] = [await freePort(), await freePort()].map(
    (one) => `http://127.0.0.1:${String(one)}`,
  );
  const port = parts.port ?? (await freePort());
  const { ca, cert, key } = authority('cluster');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  file('ca.crt', ca);
  file('sa.key', privateKey.export({ type: 'pkcs1', format: 'pem' }).toString());
  const ends = [client, peer].map(String);

  processes.start(parts.etcd, 'etcd', {
    'unsafe-no-fsync': 'true',
    'data-dir': file('etcd'),
    ...urls(ends),
  });
  processes.start(parts.program, 'kube-apiserver', {
    'etcd-servers': String(client),
    'bind-address': '127.0.0.1',
    'secure-port': String(port),
    'endpoint-reconciler-type': 'none',
    'service-cluster-ip-range': '10.96.0.0/16',
    'allow-privileged': 'true',
    'cert-dir': processes.folder,
    'tls-cert-file': file('tls.crt', cert),
    'tls-private-key-file': file('tls.key', key),
    'service-account-issuer': 'https://kubernetes.default.svc.cluster.local',
    'service-account-key-file': file('sa.key'),
    'service-account-signing-key-file': file('sa.key'),
    'authorization-mode': 'Node,RBAC',
    'token-auth-file': file('tokens.csv', `${ADMIN},admin,admin,system:masters\n`),
    // Everybody who asks is on this machine.
    'feature-gates': 'APIResponseCompression=false',
    ...(parts.audits === true && auditLog(processes)),
    ...frontProxy(processes),
  });

  const ask: RealApiServer['ask'] = (method, path, body, token = ADMIN) =>
    new Promise((resolve, reject) => {
      const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
      const headers = { authorization: `Bearer ${token}`, 'content-type': type };
      const signal = processes.ended;
      request({ host: '127.0.0.1', port, ca, method, path, headers, signal }, (answer) => {
        const status = answer.statusCode ?? 0;
        text(answer)
          .then((json) => (json.startsWith('{') ? (JSON.parse(json) as Answer['body']) : { json }))
          .then((content) => {
            resolve({ status, body: content });
          }, reject);
      })
        .on('error', reject)
        .end(body && JSON.stringify(body));
    });
  await processes.until(
    'The API server is not ready',
    async () => (await ask('GET', '/readyz')).status === 200,
  );
  const kubeconfig = file('kubeconfig', kubeconfigOf(`https://127.0.0.1:${String(port)}`, ca));
  const events = (): Record<string, unknown>[] =>
    readFileSync(file('audit.log'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const stop = (): Promise<void> => processes.stop();
  return { version, port, ca, kubeconfig, ask, events, processes, stop };
}

function urls([client = '', peer = '']: string[]): Record<string, string> {
  return {
    'listen-client-urls': client,
    'advertise-client-urls': client,
    'listen-peer-urls': peer,
    'initial-advertise-peer-urls': peer,
    'initial-cluster': `default=${peer}`,
  };
}

function auditLog(processes: Processes): Record<string, string> {
  const rules = [{ level: 'Metadata', omitStages: ['RequestReceived'] }];
  const policy = { apiVersion: 'audit.k8s.io/v1', kind: 'Policy', rules };
  return {
    'audit-policy-file': processes.file('audit.json', JSON.stringify(policy)),
    'audit-log-path': processes.file('audit.log'),
  };
}

/** How the API server proves to servers behind it, such as that of metrics, whom it asks for. */
function frontProxy(processes: Processes): Record<string, string> {
  const { ca, cert, key } = authority('front-proxy');
  return {
    'enable-aggregator-routing': 'false',
    'requestheader-client-ca-file': processes.file('front-proxy-ca.crt', ca),
    'requestheader-allowed-names': 'front-proxy server',
    'requestheader-username-headers': 'X-Remote-User',
    'requestheader-group-headers': 'X-Remote-Group',
    'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
    'proxy-client-cert-file': processes.file('front-proxy.crt', cert),
    'proxy-client-key-file': processes.file('front-proxy.key', key),
  };
}

/** JSON, which is YAML too. */
export function kubeconfigOf(server: string, ca: string, token = ADMIN): string {
  const cluster = { server, 'certificate-authority-data': Buffer.from(ca).toString('base64') };
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    clusters: [{ name: 'test', cluster }],
    users: [{ name: 'test', user: { token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
  });
}
