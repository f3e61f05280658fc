import { architecturePage } from '../../../synth/docs/architecture-page';
import { formatted } from './formatted';
import { ODD, small } from './model-fixture';

const page = architecturePage(small);

/** The part of the page below a heading. */
const below = (heading: string, text = page) => {
  const [, part = ''] = text.split(`\n${heading}\n`);
  return part.split(/\n#+ /)[0]?.trim() ?? '';
};

test('the page shows layers, network, stores and Secrets', () => {
  expect(page.slice(page.indexOf('## Layers'))).toMatchSnapshot();
});

test('it is as the formatter has it', () => {
  expect(formatted(page, 'markdown')).toBe(page);
});

test('it begins with the platform and its environments', () => {
  const [head = ''] = page.split('\n## ');
  expect(head).toContain('A \\*small\\* shop.\n\n- **dev**: small.\n- **prod**: public.\n');
});

test('no character of a name stands in a diagram but in quotes, as an entity', () => {
  const blocks = [...page.matchAll(/```mermaid\n([^]*?)```/g)].map(([, source = '']) => source);
  const escaped = 'od#34;d#124;#91;x(y)#93;#96;z#96; #60;b#62;';
  expect(page).toContain(`("${escaped}<br/>Job<br/>nowhere")`);
  for (const source of blocks) {
    expect(source).not.toContain(ODD);
    const unquoted = source.replaceAll(/"[^"]*"/g, '').replaceAll(/^%%.*$/gm, '');
    expect(unquoted).not.toMatch(/[`'<\\]/);
  }
});

test('systems that say the same of the same are one node', () => {
  const [dump, ...others] = small.systems.filter(({ name }) => name === 'dump');
  expect(others).toEqual([]);
  if (dump === undefined) throw new Error('There is no dump.');
  const app = { ...dump, tier: 'app', stores: [], backsUp: [], peers: [] };
  const clients = ['one', 'two', 'three'].map((name) => ({ ...app, name }));
  const network = below(
    '### data',
    architecturePage({ ...small, systems: [...small.systems, ...clients] }),
  );
  expect(network).toContain('s_app_web["web<br/>one<br/>two<br/>three<br/>of app"]');
  expect(network).not.toContain('s_app_one');
});

test('ports that are too many to read are counted', () => {
  const ports = ['1', '2', '3', '4'];
  const [web] = small.systems.filter(({ name }) => name === 'web');
  if (web === undefined) throw new Error('There is no web.');
  const peer = {
    direction: 'in',
    kind: 'address',
    name: '10.0.0.0/8',
    ports,
    environments: ['dev'],
  };
  const crowded = { ...web, peers: [peer as (typeof web.peers)[number]] };
  const text = architecturePage({ ...small, systems: [crowded] });
  expect(text).toContain('-->|"4 ports"| s_app_web');
});

test('what is not there has no heading', () => {
  const empty = architecturePage({ ...small, systems: [], secrets: [] });
  expect(empty).not.toMatch(/## (Stores|Secrets)|### |No policy|Policies let/);
});
