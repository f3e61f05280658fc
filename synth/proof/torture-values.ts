import { z } from 'zod';
import { dnsLabel, dnsName, imageSchema, optionalDnsName, structuralList, structuralMap } from '..';

/** One value of each sort that a schema can declare. */
export const tortureValues = z.strictObject({
  text: z.string().default('free: text').describe('Any text that Helm carries.'),
  other: z.string().default('').describe('Another text.'),
  line: z
    .string()
    .regex(/^[^\n]*$/)
    .default('a line')
    .describe('Text of one line.'),
  word: z.enum(['alpha', 'beta-2']).default('alpha').describe('Words that YAML leaves alone.'),
  odd: z
    .enum(['yes', 'a: b', '', '1e3'])
    .default('yes')
    .describe('Words that YAML does not leave alone.'),
  quoted: z.enum(['a', 'b"c']).default('b"c').describe('Words of which one has a quote.'),
  level: z.enum(['', 'a', 'b.c']).default('').describe('Plain words or nothing.'),
  name: dnsLabel().default('name-1').describe('A name.'),
  maybe: optionalDnsName().default('').describe('A name or nothing.'),
  patterns: z
    .strictObject({
      group: z
        .string()
        .regex(/^(?:a|b-?[x-z]*){1,3}\.[A-F0-9]+$/)
        .default('a.F')
        .describe('Groups.'),
      class: z
        .string()
        .regex(/^[-a-z0-9._~+]{1,9}$/)
        .default('a+b')
        .describe('A class.'),
      wide: z
        .string()
        .regex(/^[!-~]+$/)
        .default('a"b')
        .describe('A range with quotes in it.'),
      open: z.string().regex(/^a+/).default('a b').describe('No end.'),
      choice: z.string().regex(/^a$|b/).default('a').describe('A choice outside a group.'),
      short: z.string().regex(/^.*$/).min(1).default('x: y').describe('Anything, at least one.'),
      dollar: z.string().regex(/^a\$$/).default('a$').describe('An escaped end.'),
      late: z.string().regex(/"|^a$/).default('a').describe('A start that is not first.'),
      early: z.string().regex(/^a$|"/).default('a').describe('An end that is not last.'),
      quotes: z.string().regex(/^"+$/).default('"').describe('Nothing but quotes.'),
      escape: z
        .string()
        .regex(/^[a\W]+$/)
        .default('"')
        .describe('An escape for many characters.'),
    })
    .describe('Patterns that the printer reads.'),
  small: z.int().min(-5).max(999_999).default(7).describe('An integer that Helm prints plainly.'),
  digit: z.int().min(0).max(9).default(3).describe('A digit.'),
  big: z.int().default(1_000_000).describe('Any safe integer.'),
  million: z
    .int()
    .min(0)
    .max(1_000_000)
    .default(1_000_000)
    .describe('The first number with an exponent.'),
  minus: z.int().min(-1_000_000).max(0).default(-1_000_000).describe('The same below zero.'),
  ratio: z.number().min(-1000).max(1000).default(0.5).describe('A number.'),
  huge: z.number().min(0).max(1e15).default(1e6).describe('A large number.'),
  flag: z.boolean().default(true).describe('A switch.'),
  flip: z.boolean().default(false).describe('Another switch.'),
  labels: z.record(z.string(), z.string()).default({}).describe('Labels.'),
  more: z.record(z.string(), z.string()).default({}).describe('More labels.'),
  free: structuralMap<Record<string, unknown>>().describe('Any map.'),
  list: structuralList<unknown>().describe('Any list.'),
  words: z.array(z.string()).default([]).describe('Texts.'),
  numbers: z
    .array(
      z
        .int()
        .min(0)
        .max(2 ** 40),
    )
    .default([1])
    .describe('Integers.'),
  hosts: z
    .array(
      z.strictObject({
        name: dnsName(),
        port: z.int().min(1).max(65535),
        open: z.boolean(),
        note: z.string(),
        paths: z.array(z.strictObject({ path: z.string(), weight: z.number().min(0).max(1) })),
      }),
    )
    .default([])
    .describe('Hosts.'),
  image: imageSchema({ registry: 'docker.io', repository: 'library/busybox', tag: '1.37.0' }),
  nested: z
    .strictObject({ inner: z.strictObject({ deep: z.string().default('deep').describe('Deep.') }) })
    .describe('A group in a group.'),
});
