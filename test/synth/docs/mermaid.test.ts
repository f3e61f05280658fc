import { Flowchart, Ids, label } from '../../../synth/docs/mermaid';

/** Lines between the head and the styles. */
const bodyOf = (chart: Flowchart) =>
  chart
    .toString()
    .split('\n')
    .slice(3)
    .filter((line) => !/^ {2}(classDef|class|style) |^```$/.test(line));

test('a label is in quotes, and what could mean something is an entity', () => {
  expect(label('node-service', 'at 3100, (prod)')).toBe('"node-service<br/>at 3100, (prod)"');
  expect(label('a"b')).toBe('"a#34;b"');
  expect(label('#35; <b> `c` | [x]')).toBe('"#35;35#59; #60;b#62; #96;c#96; #124; #91;x#93;"');
  // Mermaid takes these for lists, and refuses them.
  expect(label('- a', '1. b', '2) c', 'a - b')).toBe('"#45; a<br/>1#46; b<br/>2#41; c<br/>a - b"');
  expect(label('two\nlines')).toBe('"two lines"');
  expect(label('größe 日本')).toBe('"größe 日本"');
});

test('ids are letters and digits, the same for the same and others for others', () => {
  const ids = new Ids();
  expect(ids.of('s', 'a-b', 'c')).toBe('s_a_b_c');
  expect(ids.of('s', 'a', 'b-c')).toBe('s_a_b_c_2');
  expect(ids.of('s', 'a.b', 'c')).toBe('s_a_b_c_3');
  expect(ids.of('s', 'a-b', 'c')).toBe('s_a_b_c');
  expect(ids.of('s', 'end')).toBe('s_end');
});

test('a node stands between those whose targets it shares', () => {
  const chart = new Flowchart('LR');
  for (const id of ['db', 'cache', 'one', 'other', 'both']) chart.node(id, 'system', id);
  chart.edge('one', '-->', 'db');
  chart.edge('both', '-->', 'db', '5432');
  chart.edge('both', '-.->', 'cache', '6379');
  chart.edge('other', '-->', 'cache');
  expect(bodyOf(chart)).toEqual([
    '  db["db"]',
    '  one["one"]',
    '  both["both"]',
    '  cache["cache"]',
    '  other["other"]',
    '  one --> db',
    '  both -->|"5432"| db',
    '  both -.->|"6379"| cache',
    '  other --> cache',
  ]);
});

test('in groups the order is that of the text', () => {
  const chart = new Flowchart('TB');
  chart.group('t', 'a tier', 'LR', () => {
    chart.node('b', 'task', 'b');
    chart.node('a', 'store', 'a');
    chart.edge('a', '~~~', 'b');
  });
  expect(bodyOf(chart)).toEqual([
    '  subgraph t["a tier"]',
    '    direction LR',
    '    b("b")',
    '    a[("a")]',
    '    a ~~~ b',
    '  end',
  ]);
});
