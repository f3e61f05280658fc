import { Graph } from '../../../synth/docs/graph';

const linesOf = (graph: Graph) =>
  graph
    .draw()
    .split('\n')
    .filter((line) => /^ {2}[a-z]_/.test(line));

/** Two clients of a server; what they say to it is given. */
function clients(graph: Graph, one: readonly string[], other: readonly string[]): string[] {
  const server = graph.node(['s', 'server'], 'system', 'server');
  graph.arrow(graph.node(['s', 'one'], 'other', 'one', 'of app'), '-->', server, one);
  graph.arrow(graph.node(['s', 'two'], 'other', 'two', 'of app'), '-->', server, other);
  return linesOf(graph);
}

test('what is in the same place is one node', () => {
  expect(clients(new Graph('ports'), ['80'], ['80'])).toEqual([
    '  s_server["server"]',
    '  s_one["one<br/>two<br/>of app"]',
    '  s_one -->|"80"| s_server',
  ]);
});

test('other texts are another place, unless they do not count', () => {
  expect(clients(new Graph('ports'), ['80'], ['81'])).toHaveLength(5);
  expect(clients(new Graph('Secrets', true), ['a'], ['b'])).toContain(
    '  s_one -->|"a<br/>b"| s_server',
  );
});

test('nodes of another form or with other lines are not one', () => {
  const graph = new Graph('ports');
  const server = graph.node(['s', 'server'], 'system', 'server');
  graph.arrow(graph.node(['s', 'one'], 'other', 'one', 'of app'), '-->', server);
  graph.arrow(graph.node(['s', 'two'], 'other', 'two', 'of web'), '-->', server);
  graph.arrow(graph.node(['s', 'three'], 'task', 'three', 'of app'), '-->', server);
  expect(linesOf(graph)).toHaveLength(7);
});

test('texts are in the order of numbers, and counted where they are many', () => {
  const shown = (...ports: string[]) => clients(new Graph('ports'), ports, ports).at(-1);
  expect(shown('6443', '443', '80')).toBe('  s_one -->|"80<br/>443<br/>6443"| s_server');
  expect(shown('1', '2', '3', '4')).toBe('  s_one -->|"4 ports"| s_server');
});

test('several arrows of a pair are one, dotted only where all are', () => {
  const styleOf = (...styles: ('-->' | '-.->')[]) => {
    const graph = new Graph('ports');
    const [a, b] = ['a', 'b'].map((name) => graph.node(['s', name], 'system', name));
    for (const [index, style] of styles.entries()) {
      graph.arrow(a ?? '', style, b ?? '', [String(index + 1)]);
    }
    return linesOf(graph).at(-1);
  };
  expect(styleOf('-.->', '-.->')).toBe('  s_a -.->|"1<br/>2"| s_b');
  expect(styleOf('-.->', '-->')).toBe('  s_a -->|"1<br/>2"| s_b');
  expect(styleOf('-->', '-.->')).toBe('  s_a -->|"1<br/>2"| s_b');
});

test('a node without arrows is not drawn, and none leads to itself', () => {
  const graph = new Graph('ports');
  const a = graph.node(['s', 'a'], 'system', 'a');
  graph.arrow(a, '-->', a, ['80']);
  expect(graph.isEmpty).toBe(true);
  expect(linesOf(graph)).toEqual([]);
});
