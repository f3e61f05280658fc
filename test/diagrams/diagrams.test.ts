import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { architecturePage } from '../../synth/docs/architecture-page';
import { Flowchart } from '../../synth/docs/mermaid';
import { small } from '../synth/docs/model-fixture';
import { Painter } from './browser';
import { crowd } from './crowd';
import { findings } from './findings';

/*
 * Every diagram of every page: read by Mermaid itself, drawn in Chromium, and measured. With
 * TWINCHART_SCREENSHOTS=<folder> there are pictures of all, for people to look at.
 */

const ROOT = resolve(__dirname, '../..');

const git = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', '*.md'];
const files = execFileSync('git', git, { cwd: ROOT, encoding: 'utf8' }).split('\0').filter(Boolean);
const blocks = files.flatMap((file) =>
  blocksOf(readFileSync(join(ROOT, file), 'utf8')).map((source, index) => ({
    name: `${file}, diagram ${String(index + 1)}`,
    source,
  })),
);

function blocksOf(text: string): string[] {
  return [...text.matchAll(/^```mermaid\n([^]*?)^```$/gm)].map(([, source = '']) => source);
}

let painter: Painter;

beforeAll(async () => {
  painter = await Painter.open();
});

afterAll(async () => {
  await painter.close();
});

const findingsOf = async (source: string, spoil?: string) =>
  findings(source, await painter.draw(source, spoil));

test('there are diagrams', () => {
  expect(blocks.map(({ name }) => name)).toContain('docs/architecture.md, diagram 1');
});

test.each(blocks)('$name shows all its texts, whole and apart', async ({ name, source }) => {
  expect(await findingsOf(source)).toEqual([]);
  const folder = process.env['TWINCHART_SCREENSHOTS'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  for (const theme of ['default', 'dark'] as const) {
    await painter.draw(source, '', theme);
    await painter.save(join(folder, `${name.replaceAll(/[^a-z0-9]+/gi, '-')}-${theme}.png`));
  }
});

test.each([
  ['with odd names and an empty tier', small, 7],
  ['of twenty systems', crowd, 8],
])('so do the diagrams of a platform %s', async (_, model, count) => {
  const sources = blocksOf(architecturePage(model));
  expect(sources).toHaveLength(count);
  for (const source of sources) expect(await findingsOf(source)).toEqual([]);
});

/** What Mermaid, Markdown or HTML would take for something else. */
const NASTY = [
  'a[x(y)]',
  'say "yes" | no',
  "it's",
  '<b>bold</b>',
  '&lt;',
  '#35;',
  '100 %%{init: {}}%%',
  '`code`',
  '**bold** _it_ *it* ~~no~~',
  '1. first',
  '- item',
  'end',
  'style x fill:#fff; classDef y:#1;',
  'back\\slash',
  'a --> b; c',
  '{{ .Values }} @{ shape: rect }',
  'fa:fa-car',
  'https://example.org/a?b=c&d',
  'größe 日本',
  '$x$ and $$y$$',
];

test('a text of any characters is shown as it is', async () => {
  const chart = new Flowchart('LR');
  NASTY.forEach((text, index) => {
    chart.node(`n${String(index)}`, 'system', text);
    chart.edge('n0', '-->', `n${String(index)}`, text);
  });
  const [source = ''] = blocksOf(chart.toString());
  const { nodes, arrows } = await painter.draw(source);
  expect(nodes.map(({ text }) => text).sort()).toEqual([...NASTY].sort());
  expect(arrows.map(({ text }) => text).sort()).toEqual([...NASTY].sort());
});

test.each([
  'flowchart LR\n  a[x(y)]\n',
  'flowchart LR\n  subgraph a\n',
  'flowchat LR\n  a --> b\n',
])('what Mermaid cannot read is refused: %j', async (source) => {
  await expect(painter.draw(source)).rejects.toThrow(/[Pp]arse error|No diagram type/);
});

const SOUND = `\
flowchart LR
  a["first<br/>line two"] -->|"443"| b["second"]
  subgraph g["group"]
    c["third"]
  end
`;
const node = (id: string) => `document.querySelector('g.node[id*="-${id}-"]')`;
const onto = `${node('a')}.setAttribute('transform', ${node('b')}.getAttribute('transform'));`;
const arrow = `document.querySelector('g.edgeLabel')`;

test('a sound diagram is sound', async () => {
  expect(await findingsOf(SOUND)).toEqual([]);
});

test.each([
  ['without a node', `${node('b')}.remove();`, ['does not show second', 'has no node b']],
  [
    'with another text',
    `${node('b')}.querySelector('span').textContent = 'x';`,
    ['not show second'],
  ],
  ['with a node on another', onto, ['firstline two overlaps second']],
  [
    'with half a text',
    `${node('a')}.querySelector('foreignObject').setAttribute('width', '9');`,
    ['firstline two is clipped'],
  ],
  [
    'with a box too small',
    `${node('a')}.querySelector('rect').setAttribute('width', '9');`,
    ['firstline two reaches out of its box'],
  ],
  [
    'with a text on a node',
    `${arrow}.setAttribute('transform', ${node('c')}.getAttribute('transform'));`,
    ['443 lies on third'],
  ],
  ['of no size', `document.querySelector('#diagram svg').style.width = '1px';`, ['is empty']],
])('one %s is not', async (_, spoil, told) => {
  const found = (await findingsOf(SOUND, spoil)).join('\n');
  for (const part of told) expect(found).toContain(part);
});
