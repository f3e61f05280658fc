import { Ajv } from 'ajv';
import * as fc from 'fast-check';
import { z } from 'zod';
import { compose } from '../../main';
import { acceptsOnlyPlainText } from '../../synth/charset';
import { DEFINITIONS, emitSchema, type Schema } from '../../synth/schema';

const rules = (pattern: RegExp) => {
  const { pattern: own, allOf } = emitSchema(z.string().regex(pattern));
  return { own, allOf };
};
const TEXT = [{ $ref: '#/definitions/text' }];

test('a pattern of plain characters is enough', () => {
  expect(rules(/^[a-z0-9.-]*$/)).toEqual({ own: '^[a-z0-9.-]*$', allOf: undefined });
});

test.each([/^[a-z ]*$/, /^[^a]*$/, /^.*$/, /^a/, /a$/, /^a$|b/])(
  'text of the pattern %s must also be such as Helm carries',
  (pattern) => {
    expect(rules(pattern)).toEqual({ own: pattern.source, allOf: TEXT });
  },
);

const patternsIn = ({ pattern, properties = {}, items = {} }: Schema): string[] => [
  ...(pattern === undefined ? [] : [pattern]),
  ...[...Object.values(properties), items].flatMap((one) =>
    Object.keys(one).length === 0 ? [] : patternsIn(one),
  ),
];

test('all texts of such patterns of the platform are such as Helm carries', () => {
  const isText = new Ajv({ strict: false }).compile({ ...DEFINITIONS['text'] });
  const { tiers } = compose().build();
  const plain = new Set(
    tiers.flatMap(({ schema }) => patternsIn(schema)).filter(acceptsOnlyPlainText),
  );
  expect(plain.size).toBeGreaterThan(5);
  for (const pattern of plain) {
    fc.assert(
      fc.property(fc.stringMatching(new RegExp(pattern)), (text) => isText(text)),
      { seed: 1, numRuns: 50 },
    );
  }
});
