import { ProgramFolder } from './program';

// Under load, Node takes its time to start.
jest.setTimeout(60_000);

let folder: ProgramFolder;
let before: Record<string, string>;

beforeAll(async () => {
  folder = new ProgramFolder();
  const code = 'run(() => demo(sample, (tier) => configMap(tier, { a: tier.values.text })));\n';
  expect(await folder.run(code)).toEqual({
    status: 0,
    stdout: '1 tier, 1 object, 15 files (15 changed, 0 removed), … ms\n',
    stderr: '',
  });
  before = folder.age();
});

afterAll(() => {
  folder.remove();
});

/** Digits that are others in each run. */
const CHANCE = /\\"[0-9a-f]{8,}\\?"/;

/** Runs code that is wrong: it ends with code 1, says this and nothing else, and touches nothing. */
async function expectProblems(code: string, ...lines: string[]): Promise<void> {
  const count = `${String(lines.length)} problem${lines.length === 1 ? '' : 's'}:`;
  const stderr = [count, ...lines.map((line) => `  ${line}`), ''].join('\n');
  const ran = await folder.run(code);
  expect({ ...ran, stderr: ran.stderr.replace(CHANCE, '"…') }).toEqual({
    status: 1,
    stdout: '',
    stderr,
  });
  expect(folder.state()).toEqual(before);
}

test('all problems are told at once, a line each, and the old output is untouched', async () => {
  await expectProblems(
    `\
run(() =>
  demo(
    sample,
    (tier) => {
      const values = plain(tier);
      configMap(tier, { a: values.count + 1, b: JSON.stringify(values.text) }, 'one');
      configMap(tier, { a: null, b: [undefined], c: \`\${values.text}\`.slice(0, 63) }, 'two');
      configMap(tier, { [values.name]: encodeURIComponent(values.text) }, '../three');
    },
    { demo: { count: 101, text: null, lables: {} }, global: { domain: 1 }, dmeo: {} },
  ),
);
`,
    '[demo/two] /data/a is null, which means nothing in a manifest; leave it out.',
    '[demo/two] /data/b/0 is undefined, which is no JSON; leave it out.',
    '[demo/two] /data/c holds only a part of value demo.text, or its letters in another case; build the text from whole values.',
    '[demo/..--three] Construct id "..--three" cannot be part of a file name, and could leave the output folder; use letters, digits, "." and "-".',
    '[demo/..--three] /data has the key "${demo.name}", but keys are constant text that Helm carries; use a list with name and value, or a map value spread with "...".',
    '[demo, main.ts:8] The value demo.count was used in arithmetic or a comparison, but it is known only when a twin is made; use plus(), minus(), times(), eq(), gt() or ge(), or `${value}` for text.',
    '[demo, main.ts:8] The value demo.text was given to JSON.stringify, but it is known only when a twin is made; build the text with a template literal.',
    '[demo, main.ts:10] A text with value demo.text reached no manifest; if it was cut, hashed or encoded, use sha256() or b64() of this engine, and remove it if it is not needed.',
    '[environment dev] Value dmeo is of no tier; use one of global, demo.',
    '[environment dev] Value global.domain is 1; it must be of type string.',
    '[environment dev] Value demo.lables is not declared; remove it or correct its name (known: enabled, global, text, name, count, large, ratio, level, active, words, hosts, labels, extra, extraList, group).',
    '[environment dev] Value demo.text is null; it must be of type string.',
    '[environment dev] Value demo.count is 101; it must be <= 100.',
  );
});

describe('what ends the composing is told with its line,', () => {
  test('after what was noted before it', async () => {
    await expectProblems(
      `\
run(() =>
  demo(sample, (tier) => {
    const { count, text } = plain(tier);
    const twice = count * 2;
    configMap(tier, { twice, short: text.slice(0, twice) });
  }),
);
`,
      '[demo, main.ts:6] The value demo.count was used in arithmetic or a comparison, but it is known only when a twin is made; use plus(), minus(), times(), eq(), gt() or ge(), or `${value}` for text.',
      '[demo, main.ts:7] The value demo.text has no member slice; use an operator of this engine, each() for a list, or `${value}` for text.',
    );
  });

  test('when it is an error of JavaScript', async () => {
    await expectProblems(
      `\
run(() => {
  const ports: Record<string, { http: number }> = {};
  return demo(sample, (tier) => configMap(tier, { a: ports['web']!.http }));
});
`,
      "[platform, main.ts:5] Cannot read properties of undefined (reading 'http')",
    );
  });

  test('when something else than an error is thrown', async () => {
    await expectProblems(
      "run(() => { throw 'no'; });\n",
      '[platform] "no" was thrown; throw an Error instead.',
    );
  });

  test('when there is no platform', async () => {
    await expectProblems(
      'run(() => undefined as never);\n',
      '[platform, main.ts:3] compose() returns undefined; return the Platform it makes.',
    );
  });
});

describe('what is another each time the code runs is refused:', () => {
  const differs = (key: string, where = 'demo/config', file = 'templates/configmap.yaml') =>
    `[${where}] Line "${key}: "…${file.endsWith('.json') ? ',' : ''}" of charts/demo/${file} is another each time the code runs; it holds a clock, chance, or the hash or code of a text with a value in it, so use a constant, or sha256() or b64() of this engine.`;
  const each = (data: string, head = '') => `\
${head}run(() => demo(sample, (tier) => configMap(tier, ${data})));
`;

  test('a hash of a text with a value that also is in the manifest', async () => {
    const code = each(
      '{ a: text(tier), b: sha(text(tier)) }',
      `import { createHash } from 'node:crypto';
const sha = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8);
const texts = new WeakMap<object, string>();
const text = (tier: any) => texts.get(tier) ?? (texts.set(tier, \`\${tier.values.text}\`), texts.get(tier)!);
`,
    );
    await expectProblems(code, differs('b'));
  });

  test('a clock', async () => {
    await expectProblems(each('{ a: process.hrtime.bigint().toString() }'), differs('a'));
  });

  test('a clock in a fragment, whose use is the same', async () => {
    const code = each("{ ...tier.define('clock', { a: process.hrtime.bigint().toString() }) }");
    await expectProblems(code, differs('a', 'demo', 'templates/_helpers.tpl'));
  });

  test('a default that is made when the code runs', async () => {
    const code = `\
run(() => {
  const text = sample.text.default(process.hrtime.bigint().toString()).describe('A clock.');
  return demo({ text }, (tier) => configMap(tier, { a: tier.values.text }));
});
`;
    await expectProblems(code, differs('\\"default\\"', 'demo', 'values.schema.json'));
  });
});

test('the input that was good before is good again, and touches nothing', async () => {
  const code = 'run(() => demo(sample, (tier) => configMap(tier, { a: tier.values.text })));\n';
  expect(await folder.run(code)).toEqual({
    status: 0,
    stdout: '1 tier, 1 object, 15 files (0 changed, 0 removed), … ms\n',
    stderr: '',
  });
  expect(folder.state()).toEqual(before);
});
