import { configMap, findings, object } from './fixture';

const CLASH =
  'makes an object of this kind, namespace and name too, and one would replace the other; give one another name or namespace (for namespaces that tiers share, set global.namespaces.create to false) (same-name-twice).';

test('an object whose kind, namespace and name another has is found', () => {
  expect(findings('same-name-twice', { a: configMap('web'), b: configMap('web') })).toEqual([
    `[demo/b in dev] ConfigMap/web: demo/a ${CLASH}`,
  ]);
});

test('another version of an API makes no other object', () => {
  const [one, other] = ['v1', 'v2'].map((version) => object(`a.example/${version}`, 'Thing', 'x'));
  expect(findings('same-name-twice', { a: one as object, b: other as object })).toEqual([
    `[demo/b in dev] Thing/x: demo/a ${CLASH}`,
  ]);
});

test('another name, kind, namespace or API is another object', () => {
  const elsewhere = object('v1', 'ConfigMap', 'web', {}, { namespace: 'elsewhere' });
  const objects = {
    web: configMap('web'),
    name: configMap('api'),
    kind: object('v1', 'Secret', 'web'),
    elsewhere,
    foreign: object('a.example/v1', 'ConfigMap', 'web'),
  };
  expect(findings('same-name-twice', objects)).toEqual([]);
});
