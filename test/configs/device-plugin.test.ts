import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mapAt, textAt } from '../../synth/checks/json';
import { configPrograms } from './go-programs';
import { object, rendered } from './rendered';

/* The configurations of NVIDIA's device plugin, read by its own parser. */

const path = configPrograms.find('device-plugin');
const run = path === undefined ? test.skip : test;

const folder = mkdtempSync(join(tmpdir(), 'twinchart-plugin-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The files of the ConfigMap where each GPU is shared between five pods. */
const files = mapAt(
  object(
    rendered('cluster', { cluster: { gpuAgents: true, devicePlugin: { replicas: 5 } } }),
    'ConfigMap',
    'nvidia-device-plugin-config',
  ),
  'data',
);

function read(text: string) {
  const file = join(folder, 'config.yaml');
  writeFileSync(file, text);
  const { status, stdout, stderr } = spawnSync(path ?? '', [file], { encoding: 'utf8' });
  return { status, stderr, read: status === 0 ? (JSON.parse(stdout) as unknown) : undefined };
}

const shared = {
  failRequestsGreaterThanOne: true,
  resources: [{ name: 'nvidia.com/gpu', devices: 'all', replicas: 5 }],
};

run.each([
  ['whole', { migStrategy: 'none', sharing: 'none', resources: {} }],
  ['time-slicing', { migStrategy: 'none', sharing: 'time-slicing', resources: shared }],
  ['mps', { migStrategy: 'none', sharing: 'mps', resources: shared }],
  ['mig', { migStrategy: 'mixed', sharing: 'none', resources: {} }],
])('it understands %s as we mean it', (mode, expected) => {
  expect(read(textAt(files, `${mode}.yaml`))).toEqual({ status: 0, stderr: '', read: expected });
});

run('the daemon of MPS has the same configuration as the plugin', () => {
  const objects = rendered('cluster', {
    cluster: { gpuAgents: true, devicePlugin: { sharing: 'mps', replicas: 5 } },
  });
  const daemon = mapAt(object(objects, 'ConfigMap', 'nvidia-mps-daemon-config'), 'data');
  expect(daemon).toEqual({ 'mps.yaml': files['mps.yaml'] });
});

const slicing = textAt(files, 'time-slicing.yaml');
run.each([
  ['a share between one', slicing.replace('replicas: 5', 'replicas: 1'), 'must be >= 2'],
  ['a key that it does not know', slicing.replace('flags:', 'flag:'), 'unknown field "flag"'],
  ['another version', slicing.replace('v1', 'v2'), 'unknown version: v2'],
  ['no resources', slicing.slice(0, slicing.indexOf('    resources:')), 'no resources specified'],
  ['something else than YAML', '{', 'error converting YAML to JSON'],
])('it refuses %s', (_, text, message) => {
  const { status, stderr } = read(text);
  expect(status).not.toBe(0);
  expect(stderr).toContain(message);
});
