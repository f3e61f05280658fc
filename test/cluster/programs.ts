import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { programCache } from '../program-cache';

/*
 * The programs of a control plane, built by Go from the modules in programs/ into a cache outside
 * of the repository. What is in the cache depends on go.mod, go.sum and the flags alone.
 */

/** The oldest Kubernetes that the chart takes, and the newest. */
export const KUBERNETES = ['1.28', '1.37'] as const;
export type KubernetesVersion = (typeof KUBERNETES)[number];

type Module =
  | 'etcd'
  | 'kwok'
  | 'metrics-server'
  | `kubernetes-${KubernetesVersion}`
  | 'helm-3'
  | 'external-secrets'
  | 'karpenter';

interface Recipe {
  /** By name of the program. */
  readonly packages: Readonly<Record<string, string>>;
  /** Files of a module that the program needs beside it, or that are all there is to have. */
  readonly files?: { readonly module: string; readonly folder: string };
  /** What `version` says, which clients ask for; programs made by `go build` alone say nothing. */
  readonly stamp?: {
    readonly module: string;
    readonly package: string;
    /** Of the package; by default those that programs of Kubernetes have. */
    readonly variable?: string;
  };
}

const kubernetes: Recipe = {
  packages: {
    'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
    'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
    'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
  },
  stamp: { module: 'k8s.io/kubernetes', package: 'k8s.io/component-base/version' },
};

/** The quickest to build first. */
const RECIPES: Readonly<Record<Module, Recipe>> = {
  'external-secrets': {
    packages: {},
    files: {
      module: 'github.com/external-secrets/external-secrets',
      folder: 'config/crds/bases',
    },
  },
  karpenter: {
    packages: {},
    files: { module: 'sigs.k8s.io/karpenter', folder: 'pkg/apis/crds' },
  },
  etcd: { packages: { etcd: 'go.etcd.io/etcd/server/v3' } },
  'helm-3': {
    packages: { helm: 'helm.sh/helm/v3/cmd/helm' },
    stamp: {
      module: 'helm.sh/helm/v3',
      package: 'helm.sh/helm/v3/internal/version',
      variable: 'version',
    },
  },
  kwok: {
    packages: { kwok: 'sigs.k8s.io/kwok/cmd/kwok' },
    files: { module: 'sigs.k8s.io/kwok', folder: 'kustomize' },
  },
  'metrics-server': {
    packages: { 'metrics-server': 'sigs.k8s.io/metrics-server/cmd/metrics-server' },
  },
  'kubernetes-1.28': kubernetes,
  'kubernetes-1.37': kubernetes,
};

export const MODULES = Object.keys(RECIPES) as readonly Module[];

const SOURCES = resolve(__dirname, 'programs');

export interface BuildOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Told what takes long. */
  readonly say?: (line: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * The folder with the programs of a module, built when it is not in the cache: TWINCHART_CACHE, by
 * default ~/.cache/twinchart. Throws one sentence where there is no Go, or the build fails.
 */
export async function built(module: Module, options: BuildOptions = {}): Promise<string> {
  const { env = process.env, say = () => undefined } = options;
  const source = join(SOURCES, module);
  const recipe = RECIPES[module];
  const cache = programCache(env);
  const name = nameOf(module);
  const folder = join(cache, name);
  if (existsSync(folder)) return folder;

  sweep(cache, name);
  const unfinished = join(cache, `${name}.${randomUUID()}.${String(process.pid)}`);
  mkdirSync(unfinished, { recursive: true });
  const go = (...args: string[]): Promise<string> => run(args, source, options);
  try {
    const wanted = Object.keys(recipe.packages).join(', ') || (recipe.files?.folder ?? '');
    say(`Building ${wanted} of ${module} with Go.`);
    const flags = ['-mod=readonly', '-buildvcs=false', `-ldflags=${linkerFlags(source, recipe)}`];
    for (const [program, path] of Object.entries(recipe.packages)) {
      await go('build', ...flags, '-o', join(unfinished, program), path);
    }
    if (recipe.files !== undefined) {
      await go('mod', 'download', recipe.files.module);
      const home = await go('list', '-mod=readonly', '-m', '-f={{.Dir}}', recipe.files.module);
      copy(join(home.trim(), recipe.files.folder), join(unfinished, recipe.files.folder));
    }
    // At once, and only when it is whole. Of two that build at a time, the first one stays.
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}

/** Whether it is in the cache. */
export const isBuilt = (module: Module): boolean =>
  existsSync(join(programCache(), nameOf(module)));

function nameOf(module: Module): string {
  const digest = createHash('sha256').update(JSON.stringify(RECIPES[module]));
  for (const name of ['go.mod', 'go.sum']) digest.update(readFileSync(join(SOURCES, module, name)));
  return `${module}-${digest.digest('hex').slice(0, 12)}`;
}

/** What builds left that were killed: their process is no more. */
function sweep(cache: string, name: string): void {
  if (!existsSync(cache)) return;
  for (const entry of readdirSync(cache)) {
    const pid = Number(/\.[0-9a-f-]{36}\.(\d+)$/.exec(entry)?.[1]);
    if (!entry.startsWith(`${name}.`) || !Number.isInteger(pid) || isAlive(pid)) continue;
    rmSync(join(cache, entry), { recursive: true, force: true });
  }
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function linkerFlags(source: string, { stamp }: Recipe): string {
  if (stamp === undefined) return '-s -w';
  const version = versionIn(source, stamp.module);
  const [major = '', minor = ''] = version.split('.');
  const values = { gitVersion: `v${version}`, gitMajor: major, gitMinor: minor };
  const stamped = Object.entries(
    stamp.variable === undefined
      ? { ...values, gitTreeState: 'clean' }
      : { [stamp.variable]: `v${version}` },
  );
  return ['-s -w', ...stamped.map(([name, value]) => `-X ${stamp.package}.${name}=${value}`)].join(
    ' ',
  );
}

/** The whole version, such as 1.28.15, which programs/ has of it. */
export function wholeVersion(version: KubernetesVersion): string {
  return versionIn(join(SOURCES, `kubernetes-${version}`), 'k8s.io/kubernetes');
}

function versionIn(source: string, module: string): string {
  const lines = readFileSync(join(source, 'go.mod'), 'utf8').split('\n');
  const line = lines.find((one) => one.replace(/^require |^\t/, '').startsWith(`${module} v`));
  const version = / v([^ ]+)/.exec(line ?? '')?.[1];
  if (version === undefined) throw new Error(`${source}/go.mod does not require ${module}.`);
  return version;
}

/** Files of the module cache are read-only, which rmSync() could not remove. */
function copy(from: string, to: string): void {
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.yaml')) continue;
    const target = join(to, entry.parentPath.slice(from.length), entry.name);
    mkdirSync(join(target, '..'), { recursive: true });
    writeFileSync(target, readFileSync(join(entry.parentPath, entry.name)));
  }
}

async function run(args: string[], cwd: string, options: BuildOptions): Promise<string> {
  const { env = process.env, signal } = options;
  const child = spawn('go', args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], signal });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  try {
    const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    if (code === 0) return out;
    const why = err.trim().split('\n').slice(-3).join(' / ');
    throw new Error(`"go ${args.slice(0, 1).join()}" in ${cwd} failed: ${why}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new Error(
      'There is no "go" in PATH, and the cluster tests build Kubernetes with it: install Go 1.26 or newer, or set KUBECONFIG_UNDER_TEST to the kubeconfig of a cluster.',
      { cause: error },
    );
  }
}
