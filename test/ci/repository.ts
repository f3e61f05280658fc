import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';

/* A small repository with an npm of our own, where .ci/run runs, to see how it counts. */

const CI = resolve(__dirname, '../../.ci');
const NPM = `#!/bin/sh
case "$*" in
  ci) ;;
  'run test:configs '*) cp configs.json "\${*##*--outputFile=}" ;;
  'run test:cluster '*)
    echo "$TWINCHART_KUBERNETES" >versions
    cp cluster-*.json "$TWINCHART_CLUSTER_REPORTS" ;;
  test*)
    [ -e report.json ] && cp report.json "\${*##*--outputFile=}"
    exit "$(cat test-exit)" ;;
  'run lint') exit "$(cat lint-exit)" ;;
  'run synth') sh ./synth.sh ;;
  'run upgrade-check '*) echo "$*" >upgrade ;;
  'run prove '*) echo "proved with $*" ;;
  *) exit 99 ;;
esac
`;
export const GREEN = { success: true, numPassedTests: 7, numFailedTests: 0, numPendingTests: 0 };
export const SCRIPTS = { synth: 's', test: 't', lint: 'l', prove: 'p' };

/** Its folder, another one for each test. */
export let repository: string;

beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), 'twinchart-ci-'));
  write({
    'bin/npm': NPM,
    'bin/npx': '#!/bin/sh\n[ "$*" = "--no-install cdk8s synth" ] && sh ./synth.sh\n',
    'package.json': JSON.stringify({ scripts: SCRIPTS }),
    'test/.keep': '',
    'main.ts': '',
    'cdk8s.yaml': '',
    'synth/proof/cli.ts': '',
    'docs/page.md': 'page\n',
    'synth.sh': 'mkdir -p dist helm\necho a >dist/a.yaml\necho b >helm/b.yaml\n',
    'test-exit': '0',
    'lint-exit': '0',
    'report.json': JSON.stringify(GREEN),
    '.ci/run': '',
  });
  for (const name of readdirSync(CI)) copyFileSync(join(CI, name), join(repository, '.ci', name));
  for (const program of ['npm', 'npx']) chmodSync(join(repository, 'bin', program), 0o755);
  execFileSync('sh', ['synth.sh'], { cwd: repository });
});

afterEach(() => {
  rmSync(repository, { recursive: true });
});

export const SKIPS = [
  'skipped: helm lint --strict, there is no scripts/helm-lint.ts',
  'skipped: an upgrade is not refused, there is no script upgrade-check',
  'skipped: the torture chart reaches every branch, there is no script test:coverage',
  'skipped: killed runs leave whole files, there is no test/hostile/kills.ts',
  'skipped: the package in a project elsewhere, there is no script test:package',
  'skipped: building real programs, there is no test/build-programs.ts',
  'skipped: real programs, there is no script test:configs',
  'skipped: Kubernetes, there is no script test:cluster',
  'skipped: validators, there is no script test:validators',
  'skipped: the diagrams in a browser, there is no script test:diagrams',
  'skipped: services/node-example, there is no services/node-example',
  'skipped: mutation tests, there is no script test:mutation',
];

/** The last line, where so many were skipped beside those of SKIPS. */
export const counted = (passed: number, failed: number, more = 0): string =>
  `${String(passed)} passed, ${String(failed)} failed, ${String(SKIPS.length + more)} skipped`;

/** Commits everything, runs it, and returns what it prints after the last step. */
export function run(env = process.env): { status: number | null; notes: string[]; last: string } {
  const author = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  for (const args of [
    ['init', '-q'],
    ['add', '.'],
    [...author, 'commit', '-qm', 'Start'],
  ]) {
    execFileSync('git', args, { cwd: repository });
  }
  const PATH = [join(repository, 'bin'), env['PATH']].join(delimiter);
  const { status, stdout } = spawnSync('bash', ['.ci/run'], {
    cwd: repository,
    env: { ...env, PATH },
    encoding: 'utf8',
  });
  const lines = stdout.trimEnd().split('\n');
  const steps = lines.findLastIndex((line) => line.startsWith('=== '));
  const notes = lines.slice(steps + 1, -2).filter((line) => line !== '');
  return { status, notes, last: lines.at(-1) ?? '' };
}

/** Programs that do nothing, and a Node that knows no TypeScript but the program that builds. */
export function withPrograms(...names: readonly string[]): void {
  const node = `[ "$1" = --require ] && exec cp built "$5"\nexec ${process.execPath} "$@"`;
  for (const name of [...names, 'node']) {
    write({ [`bin/${name}`]: `#!/bin/sh\n${name === 'node' ? node : ''}\n` });
    chmodSync(join(repository, 'bin', name), 0o755);
  }
}

export function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(repository, path)), { recursive: true });
    writeFileSync(join(repository, path), text);
  }
}
