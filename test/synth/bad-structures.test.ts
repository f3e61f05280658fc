import { each, image, omitEmpty, sha256, when, whenItems } from '../../synth';
import {
  addTier,
  configMap,
  emptyPlatform,
  problemsOf,
  problemsOfData,
  sample,
  type Sample,
} from './fixture';

type Case = readonly [rule: string, data: (tier: Sample) => unknown, message: string];

describe('what stands where it has no meaning is refused:', () => {
  const spread = (path: string, what: string) =>
    `${path} spreads ${what} here, where it has no fields or items; spread a map into a map and a list into a list.`;
  const field = (what: string) =>
    `/data/a is ${what}, which stands only for a field, a list item or, spread with "...", several of them.`;

  test.each<Case>([
    [
      'a text spread into a map',
      ({ values }) => ({ ...(values.text as object) }),
      spread('/data/...', 'value demo.text'),
    ],
    [
      'a list spread into a map',
      ({ values }) => ({ ...(values.words as object) }),
      spread('/data/...', 'value demo.words'),
    ],
    [
      'a map spread into a list',
      (tier) => ({ a: [...(tier.values.extra as never as unknown[])] }),
      spread('/data/a/0', 'value demo.extra'),
    ],
    [
      'fields under a condition spread into a list',
      ({ values }) => ({ a: [...(when(values.active, { b: 1 }) as never as unknown[])] }),
      spread('/data/a/0', 'when(demo.active, …)'),
    ],
    [
      'items under a condition spread into a map',
      ({ values }) => ({ ...(when(values.active, [1]) as object) }),
      spread('/data/...', 'when(demo.active, …)'),
    ],
    [
      'each() as a field',
      ({ values }) => ({ a: each(values.words, (word) => word) }),
      field('each(demo.words, …)'),
    ],
    [
      'whenItems() as a field',
      ({ values }) => ({ a: whenItems(values.active, [1])[0] }),
      field('spread of when(demo.active, …)'),
    ],
    [
      'omitEmpty() in a list',
      ({ values }) => ({ a: [omitEmpty(values.text)] }),
      '/data/a/0 is value demo.text, which stands only for a field, a list item or, spread with "...", several of them.',
    ],
  ])('%s', (_, data, message) => {
    expect(problemsOfData(data)).toEqual([`[demo/config] ${message}`]);
  });
});

describe('a list is refused', () => {
  test.each<Case>([
    [
      'when an item could be empty',
      ({ values }) => ({ a: [{ b: when(values.active, 1) }] }),
      '/data/a/0 is a list item whose parts are all conditional; put when() around the item.',
    ],
    [
      'when an item of each() could be empty',
      ({ values }) => ({ a: [each(values.hosts, () => ({ b: when(values.active, 1) }))] }),
      '/data/a/0 makes items that are all conditional from each(); an item has at least one fixed part.',
    ],
    [
      'when an item of each() is used outside of it',
      ({ values: { hosts } }) => {
        const kept: unknown[] = [];
        const keep = each(hosts, ({ host }) => kept.push(host) && { host });
        return { a: [keep, each(hosts, () => ({ host: kept[0] }))] };
      },
      '/data/a/1/host uses demo.hosts[].host outside its each(); use it inside the function given to each().',
    ],
    [
      'when each() walks what is no list',
      ({ values }) => ({ a: [each(values.text as never, (one) => one)] }),
      '/data/a/0 walks demo.text, which is a string; each() takes a list.',
    ],
    [
      'when each() walks items of no declared shape',
      ({ values }) => ({ a: [each(values.extraList, (one) => one)] }),
      '/data/a/0 walks demo.extraList, whose items have no declared shape; spread it with "..." instead.',
    ],
    [
      'when the function of each() throws',
      ({ values }) => ({
        a: [
          each(values.words, () => {
            throw new Error('No port is left.');
          }),
        ],
      }),
      'No port is left.',
    ],
  ])('%s', (_, data, message) => {
    expect(problemsOfData(data)).toEqual([`[demo/config] ${message}`]);
  });
});

describe('the code of a tier is refused', () => {
  const operator = (text: string) => `[demo, here] ${text}`;

  test.each<Case>([
    [
      'with a text as condition',
      (tier) => ({ a: when(tier.values.text as never, 1) }),
      operator(
        'when() got demo.text, which is a string; its condition is a boolean, such as notEmpty(value) or eq(value, …).',
      ),
    ],
    [
      'with a number that omitEmpty() would drop at 0',
      ({ values }) => ({ a: omitEmpty(values.count as never) }),
      operator(
        'omitEmpty() got demo.count, which is an integer and never empty; it takes a text, list or map, so use when().',
      ),
    ],
    [
      'with a variable that no template can have',
      ({ values }) => ({ a: [each(values.words, (word) => word, 'the-word')] }),
      operator(
        'each() got the variable name "the-word", which no template can have; use camelCase letters and digits.',
      ),
    ],
    [
      'with an image of other values',
      ({ values }) => ({ a: image(values.group as never, values.text) }),
      operator(
        "image() got demo.group; it takes a group of the tier's own values made with imageSchema(), as the helper that prints it belongs to the tier.",
      ),
    ],
    [
      'with a fragment that takes the name of another helper',
      (tier) => ({ ...tier.define('image', { a: 'b' }) }),
      operator(
        'Fragment "image" cannot be a helper of the chart; use another name of camelCase letters and digits, and not "image".',
      ),
    ],
    [
      'with a fragment that is now this, now that',
      (tier) => ({
        a: { ...tier.define('both', { a: 'b' }) },
        b: { ...tier.define('both', { a: 'c' }) },
      }),
      '[demo/config] /data/b/... uses a fragment named demo.both with other content than elsewhere in the tier; give it another name.',
    ],
    [
      'with a fragment whose fields are conditional',
      (tier) => ({ ...tier.define('some', { a: when(tier.values.active, 'b') as never }) }),
      '[demo/config] /data/... uses the fragment demo.some, which has conditional fields; put those beside it.',
    ],
    [
      'with a file that reaches no manifest',
      (tier) => void tier.file('a.conf', `${tier.values.text}`),
      '[demo] File a.conf reaches no manifest; put it into a ConfigMap, or remove it.',
    ],
    [
      'with a file of two contents',
      (tier) => ({ a: [tier.file('a.conf', '1'), tier.file('a.conf', '2')] }),
      operator('File a.conf is declared twice; give one another path.'),
    ],
    [
      'with a file that would leave its folder',
      (tier) => ({ a: tier.file('../../a.conf', '1') }),
      operator(
        'File "../../a.conf" would leave the chart\'s files/ folder or has odd characters; use a relative path of letters, digits, ".", "_" and "-".',
      ),
    ],
  ])('%s', (_, data, message) => {
    expect(problemsOfData(data)).toEqual([message]);
  });
});

describe('a tier cannot see', () => {
  const twoTiers = (use: (other: Sample, own: Sample) => unknown) =>
    problemsOf(() => {
      const platform = emptyPlatform();
      const other = addTier(platform, 'other', sample);
      addTier(platform, 'demo', sample, (own) => configMap(own, use(other, own)));
      platform.build();
    });
  const foreign = (path: string, what: string) =>
    `[demo/config] ${path} uses ${what} of tier other, which tier demo cannot see; let other export an endpoint, or move the value to global.`;

  test('values of another', () => {
    const use = ({ values }: Sample, own: Sample) => ({
      direct: values.count,
      text: `a-${values.text}`,
      operator: sha256(values.text),
      condition: when(values.active, 1),
      spread: { ...values.labels },
      each: [each(values.words, () => own.values.text)],
      file: own.file('own.conf', `${values.text}`),
    });
    expect(twoTiers(use)).toEqual([
      foreign('/data/direct', 'value other.count'),
      foreign('/data/text', 'value other.text'),
      foreign('/data/operator', 'value other.text'),
      foreign('/data/condition', 'value other.active'),
      foreign('/data/spread/...', 'value other.labels'),
      foreign('/data/each/0', 'value other.words'),
      foreign('/data/file', 'value other.text'),
    ]);
  });

  test('a file of another', () => {
    const use = (other: Sample) => {
      const file = other.file('their.conf', `${other.values.name}`);
      configMap(other, { file });
      return { file };
    };
    expect(twoTiers(use)).toEqual([foreign('/data/file', 'file their.conf')]);
  });

  test('values of another through its endpoint', () => {
    const use = (other: Sample, own: Sample) =>
      own.connectsTo(other.endpoint('api', () => ({ port: other.values.group.port })));
    expect(twoTiers(use)).toEqual([foreign('/data/port', 'value other.group.port')]);
  });

  test('values of another platform', () => {
    const apart = addTier(emptyPlatform(), 'demo', sample);
    expect(problemsOfData(() => ({ a: apart.values.text, b: apart.global.domain }))).toEqual([
      '[demo/config] /data/a uses value demo.text of another platform; build each platform from its own tiers.',
      '[demo/config] /data/b uses value global.domain of another platform; build each platform from its own tiers.',
    ]);
  });
});
