import { remember } from '../../synth/print/remember';

/** How often a text is made anew, which gives what it is made of with its length. */
function counted() {
  const made: string[] = [];
  const ask = remember((text) => {
    made.push(text);
    return `${text}:${String(text.length)}`;
  });
  return { made, ask };
}

test('a text that is said again is the same, and is not made again', () => {
  const { made, ask } = counted();
  expect(['a', 'bc', 'a', 'bc'].map(ask)).toEqual(['a:1', 'bc:2', 'a:1', 'bc:2']);
  expect(made).toEqual(['a', 'bc']);
});

test('a text of more than 100 characters is made each time', () => {
  const { made, ask } = counted();
  const [kept, long] = ['x'.repeat(100), 'x'.repeat(101)];
  expect([kept, long, kept, long].map(ask)).toEqual(
    [kept, long, kept, long].map((text) => `${text}:${String(text.length)}`),
  );
  expect(made).toEqual([kept, long, long]);
});

test('10,000 texts are kept, and all forgotten for one more', () => {
  const { made, ask } = counted();
  for (let text = 0; text < 10_000; text += 1) ask(String(text));
  expect(ask('0')).toBe('0:1');
  expect(made).toHaveLength(10_000);
  expect([ask('more'), ask('0')]).toEqual(['more:4', '0:1']);
  expect(made.slice(10_000)).toEqual(['more', '0']);
});
