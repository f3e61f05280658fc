import { z } from 'zod';
import { eq, omitEmpty, outline, when } from '../../synth';
import { addTier, emptyPlatform } from './fixture';

const values = {
  name: z.string().default('a').describe('Name.'),
  labels: z.record(z.string(), z.string()).default({}).describe('Labels.'),
};
const outlined = () => addTier(emptyPlatform(), 'demo', values, () => undefined).values;

test('values stand in the outline by their paths, constants as they are', () => {
  const v = outlined();
  const part = {
    text: `x-${v.name}`,
    number: 1,
    list: [v.name, 'b'],
    cond: when(eq(v.name, 'a'), { inner: 'then' }, 'otherwise'),
    empty: omitEmpty(v.labels),
    ...v.labels,
  };
  expect(outline(part)).toBe(
    '{text:"x-${demo.name}",number:1,list:[demo.name,"b"],cond:when(eq(demo.name, "a"),{inner:"then"},"otherwise"),empty:value demo.labels,spread of value demo.labels}',
  );
});

test('the same code makes the same outline each time', () => {
  const once = () => {
    const v = outlined();
    return outline({ a: `${v.name}`, ...v.labels });
  };
  expect(once()).toBe(once());
});

test('another constant makes another outline, inside a condition too', () => {
  const v = outlined();
  const of = (inner: string) => outline({ a: when(eq(v.name, 'a'), { inner }) });
  expect(of('x')).not.toBe(of('y'));
});
