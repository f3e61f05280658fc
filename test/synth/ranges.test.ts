import { z } from 'zod';
import {
  and,
  b64,
  concat,
  eq,
  gt,
  max,
  min,
  minus,
  not,
  notEmpty,
  orElse,
  plus,
  sha256,
  ternary,
  times,
  type Value,
} from '../../synth';
import { configMap, demo, problemsOf, type DemoTier } from './fixture';

/*
 * Helm's numbers are exact up to 2^53 - 1, so an operator that could leave them is refused, by the
 * ranges that the schema declares.
 */

const MOST = Number.MAX_SAFE_INTEGER;
const VALUES = {
  any: z.int().default(0).describe('Any integer.'),
  percent: z.int().min(0).max(100).default(50).describe('From 0 to 100.'),
  below: z.int().gt(-10).lt(10).default(0).describe('From -9 to 9.'),
  ratio: z.number().default(0.5).describe('Number.'),
  text: z.string().default('').describe('Text.'),
  on: z.boolean().default(true).describe('Switch.'),
  list: z.array(z.string()).default([]).describe('List.'),
  map: z.record(z.string(), z.string()).default({}).describe('Map.'),
};
type Values = DemoTier<typeof VALUES>['values'];
type Use = (values: Values) => Value<unknown>;

/** What is said of an operator, without the place that it is said of. */
function complaints(use: Use): string[] {
  const platform = () =>
    demo(VALUES, (tier) => {
      configMap(tier, { result: use(tier.values) });
    });
  return problemsOf(() => platform().build()).map((text) => text.replace(/^\[[^\]]*\] /, ''));
}

const beyond = (call: string, reach: string) =>
  `${call} could reach ${reach}, beyond the integers that Helm computes exactly; give its values a min() and max() in the schema.`;

test.each<[string, Use]>([
  ['plus up to the last exact integer', ({ percent }) => plus(percent, MOST - 100)],
  ['minus down to the first', ({ percent }) => minus(percent, MOST)],
  ['times within them', ({ below }) => times(times(below, 1_000_000_000), 1_000_000)],
  ['exclusive bounds', ({ below }) => plus(below, MOST - 9)],
  ['min() that bounds from above', ({ any }) => plus(min(any, 5), 1)],
  ['max() that bounds from below', ({ any }) => minus(max(any, 5), 1)],
  ['a choice between two ranges', ({ on, percent }) => plus(ternary(on, percent, 9), MOST - 100)],
])('is accepted: %s', (_, use) => {
  expect(complaints(use)).toEqual([]);
});

test.each<[string, Use, string]>([
  ['plus(demo.any, 1)', ({ any }) => plus(any, 1), '9007199254740992'],
  ['plus(demo.any, -1)', ({ any }) => plus(any, -1), '-9007199254740992'],
  ['minus(demo.any, 1)', ({ any }) => minus(any, 1), '-9007199254740992'],
  ['minus(0, plus(demo.any, 1))', ({ any }) => minus(0, plus(any, 1)), '-9007199254740992'],
  ['times(demo.any, demo.any)', ({ any }) => times(any, any), '-8.112963841460666e+31'],
  [
    'plus(demo.percent, 9007199254740892)',
    ({ percent }) => plus(percent, MOST - 99),
    '9007199254740992',
  ],
  [
    'plus(min(demo.any, demo.percent), -1)',
    ({ any, percent }) => plus(min(any, percent), -1),
    '-9007199254740992',
  ],
  [
    'plus(max(demo.any, demo.percent), 1)',
    ({ any, percent }) => plus(max(any, percent), 1),
    '9007199254740992',
  ],
  [
    'times(demo.below, 1000800000000000)',
    ({ below }) => times(below, 1_000_800_000_000_000),
    '-9007200000000000',
  ],
])('is refused, as it could leave the exact integers: %s', (call, use, reach) => {
  expect(complaints(use)).toContain(beyond(call, reach));
});

const wrong = <T>(value: Value<unknown>) => value as Value<T>;

test.each<[string, Use]>([
  [
    'plus() got demo.ratio, which is a number; it takes integers only.',
    ({ ratio }) => plus(ratio, 1),
  ],
  ['times() got 0.5, which is a number; it takes integers only.', ({ below }) => times(below, 0.5)],
  [
    'min() got demo.text, which is a string; it takes integers only.',
    ({ text }) => min(wrong(text), 1),
  ],
  [
    'and() got demo.text, which is a string; it takes a boolean.',
    ({ on, text }) => and(on, wrong(text)),
  ],
  ['not() got demo.any, which is a number; it takes a boolean.', ({ any }) => not(wrong(any))],
  ['gt() got demo.text, which is a string; it takes a number.', ({ text }) => gt(wrong(text), 1)],
  ['sha256() got demo.any, which is a number; it takes a string.', ({ any }) => sha256(wrong(any))],
  ['b64() got demo.map, which is a map; it takes a string.', ({ map }) => b64(wrong(map))],
  [
    'orElse() got demo.any, which is a number; it takes a string.',
    ({ text, any }) => orElse(text, wrong(any)),
  ],
  [
    'concat() got demo.list, which is a list; it takes text, numbers and booleans.',
    ({ list }) => concat('a', wrong(list)),
  ],
  [
    'eq() got demo.list, which is a list; it takes text, numbers and booleans.',
    ({ list }) => eq(wrong<string>(list), 'a'),
  ],
  [
    'eq(demo.any, demo.text) compares a number with a string; both sides must be of one type.',
    ({ any, text }) => eq(any, wrong(text)),
  ],
  [
    'ternary() got demo.text, which is a string; it takes a boolean.',
    ({ text }) => ternary(wrong(text), 1, 2),
  ],
  [
    'ternary(demo.on, demo.any, "none") chooses between a number and a string; both must be of one type.',
    ({ on, any }) => ternary(on, wrong<string>(any), 'none'),
  ],
])('is refused where types were cast away: %s', (text, use) => {
  expect(complaints(use)).toEqual([text]);
});

test('an operator on constants alone is refused at once, as it belongs to no platform', () => {
  expect(() => plus(MOST, 1)).toThrow(
    new TypeError(beyond('plus(9007199254740991, 1)', '9007199254740992')),
  );
  expect(() => notEmpty(undefined as never)).toThrow(
    new TypeError('notEmpty() got undefined; it takes a value, text, a number or a boolean.'),
  );
});
