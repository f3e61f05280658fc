/*
 * The Job of dist/dev that makes Secrets, with all that it has there: its command, its files, its
 * account and that one's Roles. KWOK starts no containers, so the test starts the command.
 */
import type { KubernetesObject, V1Container, V1PodSpec, V1Volume } from '@kubernetes/client-node';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { kubectl as findKubectl } from '../../synth/proof/programs';
import {
  config,
  core,
  deleteNamespaces,
  kubectl,
  namespacesOf,
  objects,
  run,
  written,
} from './kube';

const all = written('dev');
const KINDS = ['Namespace', 'ServiceAccount', 'Role', 'RoleBinding', 'ConfigMap'];
const job = all.find(
  ({ kind, metadata }) => kind === 'Job' && /^data-secrets-/.test(metadata.name),
);
const { namespace = '' } = job?.metadata ?? {};
const pod = (job as { spec?: Templated } | undefined)?.spec?.template?.spec;
const [container] = pod?.containers ?? [];
const account = pod?.serviceAccountName ?? '';

const folder = mkdtempSync(join(tmpdir(), 'twinchart-dev-job-'));
const namespaces = namespacesOf(all);

beforeAll(async () => {
  const objects = all.filter(({ kind }) => KINDS.includes(kind));
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
  const { code, stderr } = await run(findKubectl().path, ['apply', '--server-side', '-f-'], list);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  await mountAll();
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await deleteNamespaces(namespaces);
});

test('makes every Secret that a pod of dist/dev waits for, with the keys that it reads', async () => {
  const wanted = all.flatMap(neededBy);
  expect(wanted.length).toBeGreaterThan(5);
  expect(await missing(wanted)).toEqual([...new Set(wanted)]);
  expect(await runJob()).toEqual({ code: 0, stderr: '', said: new Set(['made', 'copied']) });
  expect(await missing(wanted)).toEqual([]);
});

test('changes nothing when it is run again', async () => {
  const before = await secrets();
  expect(await runJob()).toEqual({ code: 0, stderr: '', said: new Set(['was there']) });
  expect(await secrets()).toEqual(before);
});

test('may do no more than read its own Secrets by name, and make some', async () => {
  const own = (await secrets()).map((line) => (line.split(' ')[0] ?? '').split('/'));
  const [places, verbs] = [new Set(own.map(([where = '']) => where)), ['watch', 'update', 'patch']];
  for (const [where = '', name = ''] of own) {
    expect(await allowed(where, 'get', name)).toBe(true);
    for (const verb of [...verbs, 'delete']) expect(await allowed(where, verb, name)).toBe(false);
  }
  for (const where of namespaces) {
    expect(await allowed(where, 'create')).toBe(places.has(where));
    for (const verb of ['get', 'list', ...verbs, 'deletecollection']) {
      expect(await allowed(where, verb)).toBe(false);
    }
    expect(await allowed(where, 'get', 'other')).toBe(false);
  }
});

/** "namespace/name key" of what an object's pods cannot start without. */
function neededBy(object: (typeof all)[number]): string[] {
  const { metadata, spec } = object as typeof object & { spec?: Templated };
  const template = spec?.template?.spec ?? spec?.jobTemplate?.spec?.template?.spec;
  const line = (name = '', key = ''): string => `${metadata.namespace ?? ''}/${name} ${key}`;
  const files = (template?.volumes ?? []).flatMap(({ secret, projected }) => {
    const projections = (projected?.sources ?? []).flatMap((one) => one.secret ?? []);
    const named = projections.map(({ name, items }) => ({ secretName: name, items }));
    return [...(secret ? [secret] : []), ...named].flatMap(({ secretName, items = [] }) =>
      items.map(({ key }) => line(secretName, key)),
    );
  });
  const variables = [...(template?.initContainers ?? []), ...(template?.containers ?? [])]
    .flatMap(({ env = [] }) => env.flatMap(({ valueFrom }) => valueFrom?.secretKeyRef ?? []))
    .map(({ name, key }) => line(name, key));
  return [...files, ...variables];
}

interface Templated {
  readonly template?: { readonly spec?: V1PodSpec };
  readonly jobTemplate?: { readonly spec?: Templated };
}

async function missing(wanted: readonly string[]): Promise<string[]> {
  const have = await secrets();
  return [...new Set(wanted)].filter((one) => {
    const [id = '', key = ''] = one.split(' ');
    return !have.some((line) => line.startsWith(`${id} `) && line.split(' ').includes(key));
  });
}

/** Each as "namespace/name version key key …". */
async function secrets(): Promise<string[]> {
  const lists = namespaces.map((one) => core.listNamespacedSecret({ namespace: one }));
  return (await Promise.all(lists))
    .flatMap(({ items }) => items)
    .map(({ metadata, data = {} }) => {
      const id = `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`;
      return [id, metadata?.resourceVersion, ...Object.keys(data)].join(' ');
    });
}

/** The files of the container in a folder, as the kubelet mounts them, with the account's. */
async function mountAll(): Promise<void> {
  for (const { name, mountPath } of container?.volumeMounts ?? []) {
    const volume = pod?.volumes?.find((one) => one.name === name);
    for (const [file, content] of Object.entries(await contentOf(volume))) {
      write(join(mountPath, file), content);
    }
  }
  expect(pod?.automountServiceAccountToken).toBe(true);
  const token = await kubectl('create', 'token', account, '--namespace', namespace);
  const ca = Buffer.from(config.getCurrentCluster()?.caData ?? '', 'base64').toString();
  for (const [file, content] of Object.entries({ token: token.stdout, 'ca.crt': ca })) {
    write(join('account', file), content);
  }
}

async function contentOf(volume: V1Volume | undefined): Promise<Record<string, string>> {
  if (volume?.configMap?.name === undefined) return {};
  const { data } = await core.readNamespacedConfigMap({ name: volume.configMap.name, namespace });
  return data ?? {};
}

function write(path: string, content: string): void {
  const target = join(folder, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
}

/** Its command, with the paths of its mounts in the folder; what it said, without the names. */
async function runJob() {
  const { command = [], env = [], volumeMounts = [] }: Partial<V1Container> = container ?? {};
  const isMounted = (part: string): boolean =>
    volumeMounts.some(({ mountPath }) => part.startsWith(`${mountPath}/`));
  const args = command.map((part) => (isMounted(part) ? join(folder, part) : part));
  const server = new URL(config.getCurrentCluster()?.server ?? '');
  const variables = {
    KUBERNETES_SERVICE_HOST: server.hostname,
    KUBERNETES_SERVICE_PORT: server.port,
    SERVICE_ACCOUNT_FOLDER: join(folder, 'account'),
    // What is not allowed now is not allowed later.
    DEADLINE_SECONDS: '20',
    ...Object.fromEntries(env.map(({ name, value = '' }) => [name, value])),
  };
  const given = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  const { code, stdout, stderr } = await run('env', [...given, ...args]);
  const messages = stdout.trimEnd().split('\n');
  const said = messages.map((line) => (JSON.parse(line) as { message: string }).message);
  return { code, stderr, said: new Set(said.map((text) => text.replace(/ from .*/, ''))) };
}

interface Review extends KubernetesObject {
  readonly spec: object;
  readonly status?: { readonly allowed: boolean };
}

async function allowed(where: string, verb: string, name = ''): Promise<boolean> {
  const review: Review = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    spec: {
      user: `system:serviceaccount:${namespace}:${account}`,
      resourceAttributes: { namespace: where, verb, resource: 'secrets', name },
    },
  };
  return (await objects.create(review)).status?.allowed ?? false;
}
