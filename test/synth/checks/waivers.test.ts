import { ApiObject } from 'cdk8s';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synth, type CheckId, type Waiver } from '../../../synth';
import { problemsOf as problemsIn } from '../fixture';
import { checkIds, configMap, deployment, platformWith, problemsOf } from './fixture';

const twice = { a: configMap('web'), b: configMap('web') };
const reason = 'The second is to win.';
const RULE =
  'ConfigMap/web: demo/a makes an object of this kind, namespace and name too, and one would replace the other; give one another name or namespace (for namespaces that tiers share, set global.namespaces.create to false) (same-name-twice).';

const environments = {
  dev: {},
  staging: { global: { namespaces: { demo: 'demo-staging' } } },
  prod: {},
};
const waived = (...waivers: readonly unknown[]) =>
  problemsOf(
    platformWith(twice, {
      checks: ['same-name-twice'],
      waivers: waivers as Waiver[],
      environments,
    }),
  );
const waiver: Waiver = { check: 'same-name-twice', object: 'ConfigMap/web', reason };

describe('a finding', () => {
  test('of several environments is told once', () => {
    expect(waived()).toEqual([`[demo/b in dev, staging, prod] ${RULE}`]);
  });

  test('is told of the environments that have it', () => {
    const platform = platformWith(
      { a: configMap('web') },
      {
        checks: ['same-name-twice'],
        environments: { dev: {}, staging: { demo: { name: 'api' } }, prod: {} },
        fill: (tier) => {
          new ApiObject(tier, 'b', configMap(`${tier.values.name}`));
        },
      },
    );
    expect(problemsOf(platform)).toEqual([`[demo/b in dev, prod] ${RULE}`]);
  });

  test('ends the run, and nothing is written', () => {
    const folder = mkdtempSync(join(tmpdir(), 'twinchart-checks-'));
    try {
      const platform = platformWith(twice, { checks: ['same-name-twice'] });
      Object.assign(platform, { outdir: join(folder, 'dist') });
      const run = () => synth(platform, join(folder, 'helm'));
      expect(problemsIn(run)).toEqual([`[demo/b in dev] ${RULE}`]);
      expect(readdirSync(folder)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('is looked for by all checks, unless some are selected', () => {
    const ids = (checks?: readonly CheckId[]) =>
      problemsOf(platformWith({ web: deployment() }, checks && { checks })).map(
        (problem) => /\(([a-z-]+)\)\.$/.exec(problem)?.[1],
      );
    expect(ids()).toEqual([
      'image-ignores-registry',
      'missing-resources',
      'pod-without-network-policy',
      // Privileges, capabilities, root and system calls.
      'pod-security',
      'pod-security',
      'pod-security',
      'pod-security',
    ]);
    expect(ids(['missing-resources', 'image-version'])).toEqual(['missing-resources']);
  });

  test('of a check that is off is none', () => {
    expect(problemsOf(platformWith(twice, { checks: [] }))).toEqual([]);
  });
});

describe('a waiver', () => {
  test('accepts the findings of one check for one object, or for all', () => {
    expect(waived(waiver)).toEqual([]);
    expect(waived({ ...waiver, object: '*' })).toEqual([]);
    expect(waived({ ...waiver, object: 'ConfigMap/w*' })).toEqual([]);
  });

  test.each(['ConfigMap/w', 'ConfigMap/eb', 'Secret/*', 'ConfigMap/.*', 'configmap/web'] as const)(
    'of %s accepts nothing of ConfigMap/web',
    (object) => {
      expect(waived({ ...waiver, object })).toEqual([
        `[demo/b in dev, staging, prod] ${RULE}`,
        `[waivers] The waiver of same-name-twice for ${object} finds nothing to waive; remove it.`,
      ]);
    },
  );

  test('may hold in some environments only', () => {
    expect(waived({ ...waiver, environments: ['dev', 'prod'] })).toEqual([
      `[demo/b in staging] ${RULE}`,
    ]);
  });

  test('that nothing needs is a problem, so that it does not hide the next finding', () => {
    const unused =
      '[waivers] The waiver of same-name-twice for ConfigMap/api finds nothing to waive; remove it.';
    expect(waived(waiver, { ...waiver, object: 'ConfigMap/api' })).toEqual([unused]);
    expect(waived(waiver, { ...waiver, check: 'image-ignores-registry' })).toEqual([
      '[waivers] The waiver of image-ignores-registry for ConfigMap/web finds nothing to waive; remove it.',
    ]);
    const somewhere = { ...waiver, environments: ['dev', 'staging', 'prod', 'test', 'x'] };
    expect(waived(somewhere)).toEqual([
      '[waivers] The waiver of same-name-twice for ConfigMap/web finds nothing to waive in test, x; remove that from its environments.',
    ]);
  });

  test.each([
    ['', '""'],
    [' ', '" "'],
    ['two\nlines', '"two\\nlines"'],
    [undefined, 'undefined'],
  ])('needs a reason, so %j is a problem', (given, shown) => {
    expect(waived({ ...waiver, reason: given })).toEqual([
      `[waivers] The waiver of same-name-twice for ConfigMap/web has the reason ${shown}; say in one line why the finding is all right.`,
    ]);
  });

  test('of no check is a problem', () => {
    expect(waived(waiver, { ...waiver, check: 'names' })).toEqual([
      `[waivers] The waiver of names for ConfigMap/web is of no check; use one of ${checkIds.join(', ')}.`,
    ]);
  });

  test('that is no object or names none is a problem', () => {
    expect(waived(waiver, 'same-name-twice')).toEqual([
      '[waivers] A waiver is "same-name-twice"; it has check, object and reason.',
    ]);
    expect(waived(waiver, { check: 'same-name-twice' })).toEqual([
      '[waivers] A waiver is {"check":"same-name-twice"}; it has check, object and reason.',
    ]);
  });
});

test('a selection of a check that does not exist is a problem', () => {
  expect(problemsOf(platformWith({}, { checks: ['names' as never] }))).toEqual([
    `[checks] Check "names" does not exist; use some of ${checkIds.join(', ')}.`,
  ]);
});
