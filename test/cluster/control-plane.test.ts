import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { authority } from '../constructs/certificate';
import { kubeconfigOf } from './api-server';
import { config, core, kubectl, untilNone } from './kube';
import { sleep } from './processes';
import { wholeVersion } from './programs';
import { kubernetes } from './version';

/* What `npm run test:cluster` does with bad input, and that nothing of it is left. */

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twinchart-run-test-'));
});

afterEach(() => {
  expect(leftIn(folder)).toEqual([]);
  rmSync(folder, { recursive: true });
});

interface Result {
  readonly code: number | null;
  readonly stderr: string;
}

/** A run of its own, with all of its files in the folder: its processes have the folder in their flags. */
function start(
  env: NodeJS.ProcessEnv,
  ...args: string[]
): ChildProcess & { result: Promise<Result> } {
  const child = spawn(
    process.execPath,
    ['--require', './register', resolve(__dirname, 'run.ts'), ...args],
    {
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        TMPDIR: folder,
        TWINCHART_CACHE: process.env['TWINCHART_CACHE'],
        TWINCHART_KUBERNETES: kubernetes(),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  child.stdout.resume();
  const result = Promise.all([once(child, 'close'), text(child.stderr)]).then(
    ([[code], stderr]) => ({ code: code as number | null, stderr }),
  );
  return Object.assign(child, { result });
}

/** Ids of what runs with a file of the folder, and what lies there but the cache of compiled code. */
function leftIn(name: string): string[] {
  return [...processesOf(name).map(({ command }) => command), ...clustersIn(name)];
}

function clustersIn(name: string): string[] {
  return readdirSync(name).filter((entry) => entry.startsWith('twinchart-cluster-'));
}

function processesOf(name: string): { id: number; command: string }[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map((id) => ({ id: Number(id), command: commandOf(id) }))
    .filter(({ command }) => command.includes(name));
}

function commandOf(id: string): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

const starting = () => `Starting Kubernetes ${wholeVersion(kubernetes())}.\n`;
const idle = ['--testMatch', '**/cluster/idle.ts'];

/** A run whose cluster is up, and whose test waits. */
async function startIdle(): Promise<ReturnType<typeof start>> {
  const run = start({}, ...idle);
  while (!existsSync(join(folder, 'idle')) && run.exitCode === null) await sleep(200);
  expect(processesOf(folder).length).toBeGreaterThan(5);
  return run;
}

async function untilNothingRuns(): Promise<void> {
  const left = await untilNone(() => Promise.resolve(leftIn(folder)));
  expect(left).toEqual([]);
}

describe('bad input is told in one sentence, with exit code 1', () => {
  test('no Go, and nothing in the cache', async () => {
    const cache = join(folder, 'cache');
    const result = await start({ PATH: folder, TWINCHART_CACHE: cache }).result;
    expect(result).toEqual({
      code: 1,
      stderr: `${starting()}Building kube-apiserver, kube-controller-manager, kube-scheduler of kubernetes-${kubernetes()} with Go.
There is no "go" in PATH, and the cluster tests build Kubernetes with it: install Go 1.26 or newer, or set KUBECONFIG_UNDER_TEST to the kubeconfig of a cluster.
`,
    });
    expect(readdirSync(cache)).toEqual([]);
  });

  test('a build that fails', async () => {
    const cache = join(folder, 'cache');
    writeFileSync(join(folder, 'go'), '#!/bin/sh\necho no room >&2\nexit 1\n', { mode: 0o755 });
    const { code, stderr } = await start({ PATH: folder, TWINCHART_CACHE: cache }).result;
    const source = resolve(__dirname, `programs/kubernetes-${kubernetes()}`);
    expect(code).toBe(1);
    expect(stderr.split('\n')[2]).toBe(`"go build" in ${source} failed: no room`);
    expect(readdirSync(cache)).toEqual([]);
  });

  test('a version that is none', async () => {
    expect(await start({ TWINCHART_KUBERNETES: '1.12' }).result).toEqual({
      code: 1,
      stderr: 'TWINCHART_KUBERNETES is "1.12"; set it to 1.28 or 1.37.\n',
    });
  });

  test('a port that another program uses', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const port = String((other.address() as AddressInfo).port);
    const result = await start({ TWINCHART_API_SERVER_PORT: port }).result;
    other.close();
    expect(result).toEqual({
      code: 1,
      stderr: `${starting()}kube-apiserver cannot listen on 127.0.0.1:${port}, which another program uses: stop that, or name another port.\n`,
    });
  });

  test('a cluster of another version', async () => {
    const info = { major: '1', minor: '27', gitVersion: 'v1.27.3' };
    const { ca, cert, key } = authority('other');
    const other = createHttpsServer({ cert, key }, (_, answer) => {
      answer.setHeader('content-type', 'application/json').end(JSON.stringify(info));
    }).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const server = `https://127.0.0.1:${String((other.address() as AddressInfo).port)}`;
    const path = join(folder, 'kubeconfig');
    writeFileSync(path, kubeconfigOf(server, ca));
    const result = await start({ KUBECONFIG_UNDER_TEST: path }).result;
    other.close();
    expect(result).toEqual({
      code: 1,
      stderr: `KUBECONFIG_UNDER_TEST is ${path}, which names ${server}, which is Kubernetes 1.27.3; take one of 1.28 to 1.37.\n`,
    });
  });

  test('a user without rights', async () => {
    const token = (await kubectl('create', 'token', 'default')).stdout;
    const { server = '', caData = '' } = config.getCurrentCluster() ?? {};
    const path = join(folder, 'kubeconfig');
    writeFileSync(path, kubeconfigOf(server, Buffer.from(caData, 'base64').toString(), token));
    expect(await start({ KUBECONFIG_UNDER_TEST: path }).result).toEqual({
      code: 1,
      stderr: `KUBECONFIG_UNDER_TEST is ${path}, which may not do all in all namespaces; bind its user to cluster-admin.\n`,
    });
  });

  test('a kubeconfig that is not there', async () => {
    expect(await start({ KUBECONFIG_UNDER_TEST: '/nowhere' }).result).toEqual({
      code: 1,
      stderr: 'KUBECONFIG_UNDER_TEST is /nowhere, and there is no such file.\n',
    });
  });
});

// Beside that of this run, which goes on.
describe('a second control plane leaves nothing', () => {
  afterEach(async () => {
    const { items } = await core.listNamespace();
    expect(items.length).toBeGreaterThan(0);
  });

  test('where one of its programs is killed', async () => {
    const run = await startIdle();
    const victim = processesOf(folder).find(({ command }) => command.includes('kube-apiserver'));
    process.kill(victim?.id ?? 0, 'SIGKILL');
    const { code, stderr } = await run.result;
    expect(code).toBe(1);
    expect(stderr).toContain(
      'kube-apiserver ended with SIGKILL while it was needed; the last line',
    );
    expect(leftIn(folder)).toEqual([]);
  });

  test('after Ctrl-C', async () => {
    const run = await startIdle();
    run.kill('SIGINT');
    const { code, stderr } = await run.result;
    expect(code).toBe(1);
    expect(stderr.trimEnd().split('\n').at(-1)).toBe('Stopped by SIGINT.');
    expect(leftIn(folder)).toEqual([]);
  });

  test('where the run itself is killed', async () => {
    const run = await startIdle();
    run.kill('SIGKILL');
    await untilNothingRuns();
  });
});
