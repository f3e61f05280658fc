import {
  and,
  b64,
  concat,
  eq,
  ge,
  gt,
  max,
  min,
  minus,
  not,
  notEmpty,
  or,
  orElse,
  plus,
  sha256,
  ternary,
  times,
} from '../../synth';
import { print } from './print-fixture';
import { helmAgrees } from './print-helm';

test('and(), or() and not() are those of logic, for two operands or more', () => {
  const printed = print(({ values: { on, off } }) => ({
    and: [and(on, on), and(on, off), and(off, on), and(off, off), and(on, on, off)],
    or: [or(on, on), or(on, off), or(off, on), or(off, off), or(off, off, on)],
    not: [not(on), not(off), not(and(on, off))],
    constants: [and(on, true), or(off, false)],
  }));
  expect(printed.json({ on: true, off: false })).toMatchObject({
    and: [true, false, false, false, false],
    or: [true, true, true, false, true],
    not: [false, true, true],
    constants: [true, false],
  });
});

test('notEmpty() asks whether a text, list or map has something in it', () => {
  const printed = print(({ values: { title, words, labels, affinity } }) => ({
    filled: [notEmpty(title), notEmpty(words), notEmpty(labels), notEmpty(affinity)],
  }));
  expect(printed.json()).toMatchObject({ filled: [false, false, false, false] });
  // A word that says no, and a list of nothing, are still something.
  const values = { title: 'false', words: [''], labels: { a: '' }, affinity: { a: {} } };
  expect(printed.json(values)).toMatchObject({ filled: [true, true, true, true] });
});

test('eq() compares texts, words, integers, numbers and booleans, never across types', () => {
  const printed = print(({ values: v }) => ({
    text: [eq(v.title, ''), eq(v.title, 'a'), eq(v.title, v.host)],
    word: [eq(v.level, 'info'), eq(v.level, 'warn')],
    integer: [eq(v.small, 3), eq(v.small, v.large), eq(v.signed, -1)],
    number: [eq(v.ratio, 0.5), eq(v.ratio, 1), eq(v.ratio, v.small)],
    boolean: [eq(v.on, true), eq(v.on, v.off)],
  }));
  expect(printed.json()).toMatchObject({
    text: [true, false, false],
    word: [true, false],
    integer: [true, false, true],
    number: [true, false, false],
    boolean: [true, false],
  });
  const values = { title: 'db', small: 1, large: 1, ratio: 1, off: true };
  expect(printed.json(values)).toMatchObject({
    text: [false, false, true],
    integer: [false, true, true],
    number: [false, true, true],
    boolean: [true, true],
  });
});

test('gt() and ge() order integers and numbers, negative ones too', () => {
  const printed = print(({ values: v }) => ({
    gt: [gt(v.small, 2), gt(v.small, 3), gt(v.small, 4), gt(v.signed, -2), gt(v.signed, -1)],
    ge: [ge(v.small, 2), ge(v.small, 3), ge(v.small, 4), ge(v.signed, -1), ge(v.signed, 0)],
    number: [gt(v.ratio, 0.5), ge(v.ratio, 0.5), gt(v.small, v.ratio), gt(2, v.small)],
  }));
  expect(printed.json()).toMatchObject({
    gt: [true, false, false, true, false],
    ge: [true, true, false, true, false],
    number: [false, true, true, false],
  });
});

test('plus(), minus(), times(), min() and max() are exact on integers', () => {
  const printed = print(({ values: { small, large } }) => ({
    plus: [plus(small, large), plus(small, -10), plus(1, 2)],
    minus: [minus(small, large), minus(0, small)],
    times: [times(small, large), times(small, -1), times(large, 9_007_199_254)],
    min: [min(small, large), min(small, -1)],
    max: [max(small, large), max(small, 999_999)],
  }));
  expect(printed.json({ small: 3, large: 7 })).toMatchObject({
    plus: [10, -7, 3],
    minus: [-4, -3],
    times: [21, -3, 63_050_394_778],
    min: [3, -1],
    max: [7, 999_999],
  });
  // Zero has no sign, and a product near 2^53 no rounding.
  expect(printed.json({ small: 0, large: 1_000_000 })).toMatchObject({
    times: [0, 0, 9_007_199_254_000_000],
    minus: [-1_000_000, 0],
  });
});

test('ternary() chooses; its branches have one type, where integers count as numbers', () => {
  const printed = print(({ values: v }) => ({
    text: ternary(v.on, v.title, 'none'),
    integer: ternary(v.on, v.small, -1),
    number: ternary(v.on, v.small, 0.25),
    boolean: ternary(v.on, v.off, true),
    nested: ternary(v.on, ternary(v.off, 'a', 'b'), 'c'),
  }));
  expect(printed.json()).toMatchObject({
    text: '',
    integer: 3,
    number: 3,
    boolean: false,
    nested: 'b',
  });
  expect(printed.json({ on: false })).toMatchObject({
    text: 'none',
    integer: -1,
    number: 0.25,
    boolean: true,
    nested: 'c',
  });
});

test('orElse() takes the fallback for the empty text only', () => {
  const printed = print(({ values: v }) => ({
    value: orElse(v.title, v.host),
    constant: orElse(v.title, '"none"'),
    chain: orElse(v.title, orElse(v.suffix, 'last')),
  }));
  expect(printed.json()).toMatchObject({ value: 'db', constant: '"none"', chain: 'last' });
  expect(printed.json({ title: ' ' })).toMatchObject({ value: ' ', constant: ' ', chain: ' ' });
  expect(printed.json({ suffix: 'x' })).toMatchObject({ chain: 'x' });
});

test('concat() is a template literal', () => {
  const printed = print(({ values: v }) => ({
    concat: concat('%s {{ ', v.title, '/', v.small, '/', v.ratio, '/', v.on, ' }}'),
    literal: `%s {{ ${v.title}/${v.small}/${v.ratio}/${v.on} }}`,
    constants: concat('a', 1, 0.5, true),
  }));
  const text = '%s {{ %d \\ "q"/3/0.5/true }}';
  expect(printed.json({ title: '%d \\ "q"' })).toMatchObject({
    concat: text,
    literal: text,
    constants: 'a10.5true',
  });
});

test('sha256() and b64() take the bytes of UTF-8', () => {
  const printed = print(({ values: v }) => ({ sha256: sha256(v.title), b64: b64(v.title) }));
  // FIPS 180-4 gives the hash of abc; RFC 4648 the Base64 of foobar.
  expect(printed.json({ title: 'abc' })).toMatchObject({
    sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    b64: 'YWJj',
  });
  expect(printed.json({ title: 'foobar' })).toMatchObject({ b64: 'Zm9vYmFy' });
  // printf 'é😀' | sha256sum; printf 'é😀' | base64
  expect(printed.json({ title: 'é😀' })).toMatchObject({
    sha256: '1184d1f608158eea09d297565575892231550c403aaa913008d867a97cfd5c76',
    b64: 'w6nwn5iA',
  });
  expect(printed.json()).toMatchObject({ b64: '' });
});

helmAgrees();
