import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  AuthorizationV1Api,
  KubeConfig,
  V1ResourceAttributes,
  V1SelfSubjectAccessReview,
  V1SelfSubjectAccessReviewSpec,
  VersionApi,
  type VersionInfo,
} from '@kubernetes/client-node';
import { KUBERNETES } from './programs';

interface Existing {
  readonly version: string;
  readonly kubeconfig: string;
  readonly stop: () => Promise<void>;
}

const NAME = 'KUBECONFIG_UNDER_TEST';

/** A cluster that is there; refused with one sentence where the tests cannot be run in it. */
export async function existing(path: string): Promise<Existing> {
  const kubeconfig = resolve(path);
  if (!existsSync(kubeconfig)) throw new Error(`${NAME} is ${path}, and there is no such file.`);
  const config = new KubeConfig();
  try {
    config.loadFromFile(kubeconfig);
  } catch (error) {
    throw refusal(path, `cannot be read (${firstLine(error)}); name a kubeconfig`, error);
  }
  const server = config.getCurrentCluster()?.server;
  if (server === undefined) {
    throw refusal(path, 'has no current context with a cluster; choose one in it');
  }
  const info = await config
    .makeApiClient(VersionApi)
    .getCode()
    .catch((error: unknown) => {
      throw refusal(path, `names ${server}, which does not answer: ${firstLine(error)}`, error);
    });
  const version = requireVersion(path, server, info);
  await requireRights(path, config);
  return { version, kubeconfig, stop: () => Promise.resolve() };
}

function requireVersion(path: string, server: string, info: VersionInfo): string {
  const version = info.gitVersion.replace(/^v/, '');
  const minor = Number(/^1\.(\d+)\./.exec(version)?.[1]);
  const [oldest, newest] = KUBERNETES.map((one) => Number(one.split('.')[1]));
  if (minor >= (oldest ?? 0) && minor <= (newest ?? 0)) return version;
  const range = KUBERNETES.join(' to ');
  throw refusal(path, `names ${server}, which is Kubernetes ${version}; take one of ${range}`);
}

async function requireRights(path: string, config: KubeConfig): Promise<void> {
  const all = { verb: '*', group: '*', resource: '*' };
  const spec = Object.assign(new V1SelfSubjectAccessReviewSpec(), {
    resourceAttributes: Object.assign(new V1ResourceAttributes(), all),
  });
  const { status } = await config
    .makeApiClient(AuthorizationV1Api)
    .createSelfSubjectAccessReview({
      body: Object.assign(new V1SelfSubjectAccessReview(), { spec }),
    })
    .catch((error: unknown) => {
      throw refusal(path, `may not ask for its rights: ${firstLine(error)}`, error);
    });
  if (status?.allowed === true) return;
  throw refusal(path, 'may not do all in all namespaces; bind its user to cluster-admin');
}

function refusal(path: string, what: string, cause?: unknown): Error {
  return new Error(`${NAME} is ${path}, which ${what}.`, { cause });
}

function firstLine(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const text = cause instanceof Error ? cause.message : String(cause);
  return (text.split('\n')[0] ?? '').slice(0, 200);
}
