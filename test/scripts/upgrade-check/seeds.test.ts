import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkUpgrade } from '../../../scripts/upgrade-check/check';
import { fixedFields } from '../../../scripts/diff/immutable';
import { losses, refusedFields } from './bad-objects';
import { badValues } from './bad-values';
import { good } from './good';
import { schema, type Seed } from './seed';
import { chart, output, patched, shop } from './shop';

const bad = [...refusedFields, ...losses, ...badValues];

const upgraded = ({ objects = {}, files = {}, changelog = '' }: Seed) =>
  output(patched(shop, objects), patched(chart, files), changelog);
const findings = (seed: Seed) => {
  const { refused, noted } = checkUpgrade(output(), upgraded(seed), 'v1');
  return { refused, noted };
};

describe('refuses', () => {
  test.each(bad.map((seed) => [seed.title, seed] as const))('%s', (_, seed) => {
    const [where, message] = seed.says;
    const { refused } = findings(seed);
    const told = refused.map((one) => [`${one.where}, ${one.rule}`, one.message]);
    expect(told).toEqual([[where, message]]);
  });

  test('all of them at once', () => {
    const objects = patched(shop, {
      prices: { data: { apple: '2' } },
      priority: { value: 1 },
      dumps: null,
    });
    const files = patched(chart, schema({ motto: null }));
    const { refused } = checkUpgrade(output(), output(objects, files), 'v1');
    expect(refused.map(({ rule }) => rule)).toEqual([
      'priority',
      'sealed',
      'claim-dropped',
      'value-removed',
    ]);
  });

  test('by rules that docs/upgrades.md lists, and no others', () => {
    const page = readFileSync(resolve(__dirname, '../../../docs/upgrades.md'), 'utf8');
    const listed = [...page.matchAll(/^\| `([a-z-]+)` /gm)].map(([, name]) => name);
    const seeded = bad.map(({ says: [where] }) => where.split(', ')[1]);
    const others = ['environment-dropped']; // command.test.ts
    const rules = new Set([...fixedFields().map(({ rule }) => rule), ...seeded, ...others]);
    expect([...new Set(listed)].sort()).toEqual([...rules].sort());
  });
});

describe('passes', () => {
  test.each(good.map((seed) => [seed.title, seed] as const))('%s', (_, seed) => {
    expect(findings(seed)).toEqual({ refused: [], noted: [] });
  });

  test.each(bad.map((seed) => [seed.title, seed] as const))('%s, where it is noted', (_, seed) => {
    const [finding] = findings(seed).refused;
    const names = finding?.names.map((name) => `\`${name}\``).join(' and ') ?? '';
    const changelog = `## [Unreleased]\n\n### Upgrade notes\n\n- Mind ${names}.\n`;
    const { refused, noted } = findings({ ...seed, changelog });
    expect({ refused, noted }).toEqual({ refused: [], noted: [finding] });
  });
});
