import { table } from '../cluster/table';
import { testUnless } from '../configs/programs';
import { judge, type Verdict } from './exceptions';
import { actionlint } from './programs/actionlint';
import { chartTesting } from './programs/chart-testing';
import { checkov } from './programs/checkov';
import { conftest } from './programs/conftest';
import { hadolint } from './programs/hadolint';
import { helmLint } from './programs/helm-lint';
import { kubeScore } from './programs/kube-score';
import { ofKubernetes } from './programs/kubernetes';
import { pluto } from './programs/pluto';
import { isPlanted, Scene } from './scene';
import type { Finding, Outcome } from './validator';
import { exceptions } from './waivers';

const VALIDATORS = [
  ...ofKubernetes('1.28'),
  ...ofKubernetes('1.37'),
  kubeScore(),
  pluto(),
  conftest(),
  checkov(),
  helmLint(),
  chartTesting(),
  actionlint(),
  hadolint(),
];

/** No registry that can be reached here has them. */
const UNOBTAINABLE = ['kube-linter', 'polaris'];

let scene: Scene;
const rows: string[][] = [];
const row = (...cells: (string | number)[]) => rows.push(cells.map(String));

beforeAll(() => {
  scene = new Scene();
});
afterAll(() => {
  scene.remove();
  for (const name of UNOBTAINABLE) row(name, 'cannot be had');
  const heads = ['validator', 'version', 'files', 'findings', 'waived', 'switched off', 'planted'];
  process.stderr.write(`\n${table(heads, rows, 2)}\n\n`);
});

describe.each(VALIDATORS.map((one) => [one.name, one] as const))('%s', (name, validator) => {
  const { missing, version, planted } = validator;
  const testIt = testUnless(missing);
  let outcome: Outcome = { files: 0, findings: [] };
  let verdict: Verdict | undefined;
  const seen = () => outcome.findings.filter(({ file }) => isPlanted(file));

  beforeAll(async () => {
    if (missing !== undefined) {
      row(name, `skipped: ${missing}`);
      return;
    }
    outcome = await validator.run(scene);
    const own = outcome.findings.filter(({ file }) => !isPlanted(file));
    verdict = judge(name, own, exceptions);
    const { left, waived, off } = verdict;
    row(name, version, outcome.files, left.length, waived.length, off.length, seen().length);
  });
  afterAll(() => validator.stop?.());

  testIt('finds nothing but what is waived', () => {
    expect(verdict?.left.map(said)).toEqual([]);
    expect(outcome.files).toBeGreaterThan(0);
  });

  testIt('needs each of its exceptions', () => {
    expect(verdict?.unused).toEqual([]);
  });

  testIt('complains about what is planted', () => {
    expect([...new Set(seen().map(({ rule }) => rule))]).toEqual(
      expect.arrayContaining([...planted]),
    );
  });
});

const said = ({ file, rule, object, message }: Finding) => `${file} ${object} ${rule}: ${message}`;
