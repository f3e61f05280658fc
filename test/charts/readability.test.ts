import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const chart = resolve(__dirname, '../../helm/platform');
const templates = readdirSync(chart, { recursive: true, encoding: 'utf8' })
  .filter((path) => /(^|\/)templates\/.*\.(yaml|tpl|txt)$/.test(path))
  .map((path) => ({ path, lines: readFileSync(join(chart, path), 'utf8').split('\n') }));

test('there are templates to look at', () => {
  expect(templates.length).toBeGreaterThan(15);
});

test('no template line is over 140 characters', () => {
  const long = templates.flatMap(({ path, lines }) =>
    lines.filter((line) => line.length > 140).map((line) => `${path}: ${line}`),
  );
  expect(long).toEqual([]);
});

test('a subchart has at most five helpers, each with the prefix of its name', () => {
  for (const { path, lines } of templates.filter(({ path }) => path.endsWith('_helpers.tpl'))) {
    const tier = /charts\/([^/]+)\//.exec(path)?.[1] ?? '';
    const names = lines.flatMap((line) => /define "([^"]+)"/.exec(line)?.[1] ?? []);
    expect(names.length).toBeGreaterThan(0);
    expect(names.length).toBeLessThanOrEqual(5);
    expect(names.filter((name) => !name.startsWith(`${tier}.`))).toEqual([]);
  }
});

test('a template has one resource', () => {
  const resources = templates.filter(({ path }) => path.endsWith('.yaml'));
  const odd = resources.filter(
    ({ lines }) => lines.filter((line) => /^kind: /.test(line)).length !== 1,
  );
  expect(odd).toEqual([]);
});
