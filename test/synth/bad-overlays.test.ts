import { demo, problemsOf, sample } from './fixture';

const overlaid = (overlay: unknown) => problemsOf(() => demo(sample, undefined, overlay).build());
const inDev = (...messages: string[]) => messages.map((one) => `[environment dev] ${one}`);

describe('an overlay is refused', () => {
  const knot: Record<string, unknown> = {};
  knot['again'] = knot;
  const known = Object.keys(sample).join(', ');
  const text =
    'be text that Helm carries unchanged (no control characters, wide spaces or line separators)';
  const anything = 'it must be text, a number, a boolean, a list or a map.';
  const number = 'it must be an integer within ±(2^53 - 1) or a number within ±10^15.';

  test.each<readonly [rule: string, overlay: unknown, message: string]>([
    ['with a key of no tier', { dmeo: {} }, 'Value dmeo is of no tier; use one of global, demo.'],
    [
      'with an unknown key',
      { demo: { prot: 1 } },
      `Value demo.prot is not declared; remove it or correct its name (known: enabled, global, ${known}).`,
    ],
    [
      'with an unknown key in a group',
      { demo: { group: { prot: 1 } } },
      'Value demo.group.prot is not declared; remove it or correct its name (known: port).',
    ],
    [
      'with an unknown global key',
      { global: { domian: 'a' } },
      'Value global.domian is not declared; remove it or correct its name (known: domain, namespaces).',
    ],
    [
      'with an unknown key in an item',
      { demo: { hosts: [{ host: 'a', port: 1, path: '/' }] } },
      'Value demo.hosts.0.path is not declared; remove it or correct its name (known: host, port).',
    ],
    [
      'without a key of an item',
      { demo: { hosts: [{ host: 'a' }] } },
      'Value demo.hosts.0.port is missing; set it, and not to null.',
    ],
    [
      'with a number for text',
      { demo: { text: 1 } },
      'Value demo.text is 1; it must be of type string.',
    ],
    [
      'with text for a number',
      { demo: { count: '1' } },
      'Value demo.count is "1"; it must be of type integer.',
    ],
    [
      'with text for a boolean',
      { demo: { active: 'true' } },
      'Value demo.active is "true"; it must be of type boolean.',
    ],
    [
      'with a map for a list',
      { demo: { words: {} } },
      'Value demo.words is {}; it must be of type array.',
    ],
    [
      'with a list for a map',
      { demo: { labels: [] } },
      'Value demo.labels is []; it must be of type object.',
    ],
    [
      'with text for a group',
      { demo: { group: '80' } },
      'Value demo.group is "80"; it must be of type object.',
    ],
    [
      'with a fraction',
      { demo: { count: 1.5 } },
      'Value demo.count is 1.5; it must be of type integer.',
    ],
    [
      'with a number below its range',
      { demo: { group: { port: 0 } } },
      'Value demo.group.port is 0; it must be >= 1.',
    ],
    [
      'with a number above its range',
      { demo: { ratio: 1.01 } },
      'Value demo.ratio is 1.01; it must be <= 1.',
    ],
    [
      'with another word',
      { demo: { level: 'medium' } },
      'Value demo.level is "medium"; it must be one of ["low","high"].',
    ],
    [
      'with text against its pattern',
      { demo: { name: 'A_b' } },
      'Value demo.name is "A_b"; it must match ^[a-z0-9]([-a-z0-9]*[a-z0-9])?$.',
    ],
    [
      'with text that is too long',
      { demo: { name: 'a'.repeat(64) } },
      `Value demo.name is "${'a'.repeat(64)}"; it must NOT have more than 63 characters.`,
    ],
    [
      'with a bad global value that no tier reads',
      { global: { domain: 1 } },
      'Value global.domain is 1; it must be of type string.',
    ],
    [
      'with what Helm removes from texts',
      { demo: { text: 'a <no value>' } },
      'Value demo.text is "a <no value>"; it must not hold <no value>, which Helm removes from all that it renders.',
    ],
    [
      'with what Helm removes from texts, in a map',
      { demo: { extra: { a: ['<no value>'] } } },
      'Value demo.extra.a.0 is "<no value>"; it must not hold <no value>, which Helm removes from all that it renders.',
    ],
    [
      'with what Helm removes from texts, as a key',
      { demo: { labels: { '<no value>': 'a' } } },
      'Value demo.labels has the key "<no value>", which holds <no value>, and Helm removes that; use another.',
    ],
    [
      'with null',
      { demo: { count: null } },
      'Value demo.count is null; it must be of type integer.',
    ],
    [
      'with null for a group',
      { demo: { group: null } },
      'Value demo.group is null; it must be of type object.',
    ],
    ['with null for a tier', { demo: null }, 'Value demo is null; it must be of type object.'],
    ['with null for global', { global: null }, 'Value global is null; it must be of type object.'],
    [
      'with null in a map',
      { demo: { labels: { a: null } } },
      'Value demo.labels.a is null; it must be of type string.',
    ],
    [
      'with null in any map',
      { demo: { extra: { a: { b: [null] } } } },
      `Value demo.extra.a.b.0 is null; ${anything}`,
    ],
    ['with text for a tier', { demo: 'on' }, 'Value demo is "on"; it must be of type object.'],
    [
      'with text for enabled',
      { demo: { enabled: 'no' } },
      'Value demo.enabled is "no"; it must be of type boolean.',
    ],
    [
      'with a control character',
      { demo: { text: 'a\u0007' } },
      `Value demo.text is "a\\u0007"; it must ${text}.`,
    ],
    [
      'with a wide space',
      { demo: { extra: { a: '\u00a0' } } },
      `Value demo.extra.a is "\u00a0"; it must ${text}.`,
    ],
    [
      'with half a character',
      { demo: { text: '\ud83d' } },
      'Value demo.text holds half a character (a lone surrogate), which is no text; remove it.',
    ],
    [
      'with half a character in a key',
      { demo: { labels: { '\ud83d': 'a' } } },
      'Value demo.labels holds half a character (a lone surrogate), which is no text; remove it.',
    ],
    [
      'with a control character in a key',
      { demo: { labels: { 'a\u0007': 'a' } } },
      `Value demo.labels has the key "a\\u0007", but keys must ${text}; use another.`,
    ],
    [
      'with a key that YAML reads as a boolean',
      { demo: { labels: { on: 'a' } } },
      'Value demo.labels has the key "on", which YAML does not read as text; use another.',
    ],
    [
      'with a key that YAML merges',
      { demo: { extra: { a: { '<<': 'a' } } } },
      'Value demo.extra.a has the key "<<", which YAML does not read as text; use another.',
    ],
    [
      'with an empty key',
      { demo: { labels: { '': 'a' } } },
      'Value demo.labels has the key "", but a key must NOT have fewer than 1 characters; use another.',
    ],
    [
      'with an integer beyond 2^53',
      { demo: { extra: { a: 2 ** 60 } } },
      `Value demo.extra.a is 1152921504606847000; ${number}`,
    ],
    [
      'with a number beyond 10^15',
      { demo: { extra: { 'a/b~c': 1e300 } } },
      `Value demo.extra.a/b~c is 1e+300; ${number}`,
    ],
    [
      'with NaN',
      { demo: { ratio: NaN } },
      'Value demo.ratio is NaN, which is no JSON; use a number.',
    ],
    [
      'with an infinite number',
      { demo: { extra: { a: Infinity } } },
      'Value demo.extra.a is Infinity, which is no JSON; use a number.',
    ],
    [
      'with undefined in a list',
      { demo: { words: [undefined] } },
      'Value demo.words.0 is undefined, which is no JSON; leave it out.',
    ],
    [
      'with a bigint',
      { demo: { count: 1n } },
      'Value demo.count is 1 (bigint), which is no JSON; leave it out.',
    ],
    [
      'with a date',
      { demo: { extra: { a: new Date(0) } } },
      'Value demo.extra.a is of class Date, not plain data; use an object literal or text.',
    ],
    [
      'that holds itself',
      { demo: { extra: knot } },
      'Value demo.extra.again contains itself; data is a tree, so build a new object instead.',
    ],
    [
      'with the key __proto__',
      JSON.parse('{"demo": {"labels": {"__proto__": "a"}}}'),
      'Value demo.labels has the key __proto__, which JavaScript acts on; use another.',
    ],
    [
      'with the key constructor',
      { demo: { extra: { constructor: 'a' } } },
      'Value demo.extra has the key constructor, which JavaScript acts on; use another.',
    ],
    ['that is null', null, 'The overlay is null; it must be an object with a key for each tier.'],
    ['that is a list', [{}], 'The overlay is [{}]; it must be an object with a key for each tier.'],
  ])('%s', (_, overlay, message) => {
    expect(overlaid(overlay)).toEqual(inDev(message));
  });

  test('with a value of the platform', () => {
    const values: Record<string, unknown> = {};
    const build = () =>
      demo(
        sample,
        (tier) => {
          Object.assign(values, { text: tier.values.name, name: `a-${tier.values.name}` });
        },
        { demo: values },
      ).build();
    const rule = 'but the overlay of an environment is plain data; write what it shall be there.';
    expect(problemsOf(build)).toEqual(
      inDev(
        `Value demo.text is value demo.name, ${rule}`,
        `Value demo.name is "a-\${demo.name}", ${rule}`,
      ),
    );
  });

  test('that sets nothing to undefined is as one that does not name it', () => {
    expect(
      overlaid({ demo: { text: undefined, labels: { a: undefined } }, global: undefined }),
    ).toEqual([]);
  });
});
