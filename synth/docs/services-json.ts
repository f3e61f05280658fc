import { z } from 'zod';
import { shape, type Model } from '../model';
import { sign } from './page';

/* The model for programs. */

const SOURCE = 'the model of the platform';
const head = (source: string) => ({ $comment: sign(source) });

export const servicesJson = (model: Model): string =>
  print({ ...head(SOURCE), $schema: './services.schema.json', ...model });

/** The JSON Schema (draft 7) of services.json. */
export function servicesSchema(): string {
  const full = z.strictObject({
    $comment: z.string().describe('Where it comes from.'),
    $schema: z.string().describe('This schema.'),
    ...shape.shape,
  });
  return print({ ...head('synth/model/shape.ts'), ...z.toJSONSchema(full, { target: 'draft-7' }) });
}

const print = (json: object) => `${text(json, '', 0)}\n`;

/** Columns of a line before a list takes a line for each item, as the formatter has it. */
const WIDTH = 100;

/** @param before columns that stand before it in its first line. */
function text(json: unknown, indent: string, before: number): string {
  if (typeof json !== 'object' || json === null) return JSON.stringify(json);
  const inner = `${indent}  `;
  if (!Array.isArray(json)) {
    const entries = Object.entries(json).filter(([, value]) => value !== undefined);
    const lines = entries.map(([key, value]) => {
      const name = `${JSON.stringify(key)}: `;
      return `${inner}${name}${text(value, inner, inner.length + name.length)}`;
    });
    return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${indent}}`;
  }
  const items: readonly unknown[] = json;
  if (items.length === 0) return '[]';
  if (items.every((item) => typeof item !== 'object')) {
    const flat = `[${items.map((item) => JSON.stringify(item)).join(', ')}]`;
    // The comma behind it takes a column too.
    if (before + flat.length < WIDTH) return flat;
  }
  const lines = items.map((item) => inner + text(item, inner, inner.length));
  return `[\n${lines.join(',\n')}\n${indent}]`;
}
