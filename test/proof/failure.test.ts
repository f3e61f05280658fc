import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import type { Construct } from 'constructs';
import { z } from 'zod';
import { Manifest, Platform, dnsLabel, tiersOf } from '../../synth';
import { prove, valueSets } from '../../synth/proof/prove';
import { helmTemplate, Scratch } from '../../synth/proof/helm';
import type { HelmProcesses } from '../../synth/proof/helm-process';
import type { JsonMap } from '../../synth/merge';
import { parseManifests } from '../../synth/proof/parse';
import { helm3, kubectl, type Program } from '../../synth/proof/programs';
import { environment } from '../synth/fixture';

const folder = mkdtempSync(join(tmpdir(), 'twinchart-failure-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A Helm whose output is changed on its way, as a broken printer would change it. */
function helmWith(name: string, script: string): Program {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/bash\nset -o pipefail\n${helm3().path} "$@" | ${script}\n`);
  chmodSync(path, 0o755);
  return { name, version: '3', path };
}

/** The small platform, and nothing random. */
const proveSmall = (helm: Program, reader = kubectl()) =>
  prove({ blueprint: small().build(), helms: [helm], kubectl: reader, runs: 0, seed: 3 });

const PORT = 'Service/app/level/spec/ports/0/port';

test('a difference under random values is shrunk to the values that make it', async () => {
  const helm = helmWith('deaf', "sed 's/level: high/level: deaf/'");
  const options = { helms: [helm], kubectl: kubectl(), runs: 30, seed: 3 };
  const { failure } = await prove({ blueprint: small().build(), ...options });
  expect(failure?.values).toEqual({ app: { level: 'high' } });
  expect(failure?.random?.seed).toBe(3);
  expect(failure?.what).toBe('umbrella, deaf 3, release platform');
  expect(failure?.differences).toEqual([
    { path: 'ConfigMap/app/level/data/level', evaluated: '"high"', rendered: '"deaf"' },
  ]);
}, 60_000);

test('in turn, each of the random values is rendered in one way, and environments in all', async () => {
  const options = { helms: [helm3()], kubectl: kubectl(), runs: 3, seed: 3, inTurn: true };
  const verdict = await prove({ blueprint: small().build(), ...options });
  expect(verdict.failure).toBeUndefined();
  // The environment in umbrella and tier under two names; then one for each of three.
  expect(verdict.renderings).toBe(2 * 2 + 3);
}, 60_000);

describe('in one process', () => {
  const template: HelmProcesses['helms'][number]['template'] = async ({
    chart,
    release,
    values,
  }) => {
    const scratch = new Scratch();
    const result = await helmTemplate({ helm: helm3(), chart, release, values }, scratch);
    scratch.remove();
    return result;
  };
  const proveWith = async (change: (text: string) => string, port: unknown) => {
    const helms = [
      {
        template: async (asked: Parameters<typeof template>[0]) => {
          const { ok, text } = await template(asked);
          return { ok, text: change(text) };
        },
        end: () => undefined,
      },
    ];
    // It reads what is there but for one field.
    const read = ([text = '']: readonly string[]) => {
      const objects = JSON.parse(
        JSON.stringify(parseManifests(text), (key, value: unknown) =>
          key === 'port' ? port : typeof value === 'bigint' ? Number(value) : value,
        ),
      ) as JsonMap[];
      return Promise.resolve({ ok: true, text: '', objects: [objects, objects] });
    };
    const options = { helms: [helm3()], kubectl: kubectl(), runs: 6, seed: 3, inTurn: true };
    const processes = { helms, reader: { read } };
    const blueprint = small().build();
    return (await prove({ blueprint, ...options, processes, umbrellaOnly: true, shrink: false }))
      .failure;
  };

  test('the first of the random values and all environments are asked of the programs as well', async () => {
    const failure = await proveWith((text) => text.replace('27017', '27018'), 27017);
    // Two are proven at once, and both are asked.
    expect(['environment dev', 'random run 0 of seed 3']).toContain(failure?.run);
    expect(failure?.what).toMatch(/^umbrella, helm3 .*, in one process$/);
    expect(failure?.differences[0]).toMatchObject({ evaluated: '27017', rendered: '27018' });
  }, 60_000);

  test('what is read otherwise there is a difference, and a float is', async () => {
    const failure = await proveWith((text) => text, '\u000027017');
    expect(failure?.random?.index).toBeGreaterThan(0);
    expect(failure?.differences[0]).toMatchObject({
      evaluated: '27017',
      rendered: '"\\u000027017"',
    });
  }, 60_000);
});

test('each 500 random values have a seed of their own, and begin as those of that seed alone', () => {
  const blueprint = small().build();
  const any = fc.record({ app: fc.record({ text: fc.string() }) });
  const from = (runs: number, seed: number) =>
    [...valueSets({ blueprint, runs, seed }, any)].filter(({ random }) => random !== undefined);
  const many = from(501, 3);
  expect(many.slice(499).map(({ random }) => random)).toEqual([
    { seed: 3, index: 499 },
    { seed: 4, index: 0 },
  ]);
  expect(from(1, 4)[0]?.values).toEqual(many[500]?.values);
  expect(from(8, 3).map(({ values }) => values)).toEqual(
    many.slice(0, 8).map(({ values }) => values),
  );
});

/** A platform whose proof is quick. */
function small(): Platform {
  const namespaces = z.strictObject({ app: dnsLabel().default('app').describe('Namespace.') });
  const values = z.strictObject({
    level: z.enum(['low', 'high']).default('low').describe('Level.'),
    other: z.record(z.string(), z.string()).default({}).describe('Labels.'),
  });
  const tier = tiersOf(z.strictObject({ namespaces }));
  class Small extends tier({ name: 'app', description: 'Small.', values }) {
    public constructor(scope: Construct) {
      super(scope);
      new Manifest(this, 'level', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'level', labels: { ...this.values.other } },
        data: { level: this.values.level },
      });
      new Manifest(this, 'service', {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'level' },
        spec: { ports: [{ name: 'level', port: 27017 }] },
      });
      new Manifest(this, 'account', {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'level' },
      });
    }
  }
  const platform = new Platform({
    chart: {
      name: 'small',
      description: 'Small.',
      version: '1.0.0',
      appVersion: '1',
      kubeVersion: '>=1.28.0-0',
    },
    environments: [environment({ name: 'dev', values: {} })],
    checks: [],
  });
  new Small(platform);
  return platform;
}

test('a float where an integer belongs is a difference, though the number is the same', async () => {
  const helm = helmWith('float', `sed 's/port: 27017/port: 27017.0/'`);
  const { failure } = await proveSmall(helm);
  expect(failure?.differences[0]).toEqual({
    path: PORT,
    evaluated: '27017',
    rendered: '27017 (a float)',
  });
}, 60_000);

test('an object that only one twin has is a difference', async () => {
  const helm = helmWith('less', `sed 's/^kind: ServiceAccount/kind: Account/'`);
  const { failure } = await proveSmall(helm);
  expect(failure?.differences).toContainEqual({
    path: 'ServiceAccount/app/level',
    evaluated: 'there 1 times',
    rendered: 'there 0 times',
  });
  expect(failure?.differences).toContainEqual({
    path: 'Account/app/level',
    evaluated: 'there 0 times',
    rendered: 'there 1 times',
  });
}, 60_000);

test('values that Helm refuses and synth accepts are a difference', async () => {
  const helm = helmWith('refusing', 'cat; exit 1');
  const { failure } = await proveSmall(helm);
  expect(failure?.differences.map(({ path, evaluated }) => [path, evaluated])).toEqual([
    ['helm template', 'renders'],
  ]);
}, 60_000);

test('what only kubectl reads otherwise is a difference', async () => {
  // A kubectl that stumbles over one text, as Go's parser would over what ours lets pass.
  const path = join(folder, 'kubectl');
  writeFileSync(
    path,
    `#!/bin/bash\n${kubectl().path} "$@" | sed 's/"port": 27017/"port": 27018/'\n`,
  );
  chmodSync(path, 0o755);
  const stumbling = { name: 'kubectl', version: '1', path };
  const { failure } = await proveSmall(helm3(), stumbling);
  expect(failure?.what).toContain('read by kubectl');
  expect(failure?.differences).toContainEqual({
    path: PORT,
    evaluated: '27017',
    rendered: '27018',
  });
}, 60_000);
