import { typeOf, type Expr } from '../expr';
import {
  isNeverEmpty,
  isPlainExpr,
  printExpr,
  printFile,
  printInText,
  printTextual,
  type Place,
} from './expression';
import { escapeDoubleQuoted, isBlockText, isPlainScalar, printScalar } from './scalar';

/** A value printed: as a text on the line of its key, or as a block below it. */
export type Printed = string | PrintedBlock;
export interface PrintedBlock {
  /** What stands behind the key's colon. */
  readonly header: string;
  readonly lines: (indent: number) => string[];
}

/** Lines as they are; those that are empty get no indentation. */
const literal = (header: string, lines: readonly string[]): PrintedBlock => ({
  header,
  lines: (indent) => lines.map((line) => (line === '' ? '' : ' '.repeat(indent) + line)),
});

export function printValue(expr: Expr, place: Place): Printed {
  switch (typeOf(expr)) {
    case 'list':
    case 'map':
      return { header: '', lines: (indent) => [toYaml(printExpr(expr, place), indent)] };
    case 'string':
      return printText(expr, place);
    default:
      return expr.op === 'const' ? String(expr.value) : printInText(expr, place);
  }
}

/** `toYaml` on a line of its own, indented the way Helm users write it. */
export function toYaml(operand: string, indent: number): string {
  return `${' '.repeat(indent)}{{- toYaml ${operand} | nindent ${String(indent)} }}`;
}

function printText(expr: Expr, place: Place): Printed {
  if (expr.op === 'const') return printConstText(String(expr.value));
  if (expr.op === 'file') return printFileText(expr, place);
  if (isWordEnum(expr)) return `{{ ${printExpr(expr, place)} }}`;
  const parts = expr.op === 'call' && expr.name === 'concat' ? expr.args : undefined;
  if (parts?.every((part) => part.op === 'const' || isPlainExpr(part)) === true) {
    if (isBlockText(skeleton(parts))) return printTemplateBlock(parts, place);
    if (parts.length > 1) return `"${printParts(parts, place, escapeDoubleQuoted)}"`;
  }
  const [only] = parts ?? [];
  const printed = only && parts?.length === 1 ? printTextual(only, place) : printExpr(expr, place);
  return `{{ ${printed} | quote }}`;
}

function printConstText(text: string): Printed {
  if (!isBlockText(text)) return escapeTemplate(printScalar(text));
  const lines = escapeTemplate(text.replace(/\n$/, '')).split('\n');
  return literal(text.endsWith('\n') ? '|' : '|-', lines);
}

/** The words of an enum that need no quotes are printed without. */
function isWordEnum(expr: Expr): boolean {
  const members = expr.op === 'ref' ? expr.schema.enum : undefined;
  return members?.every((member) => isPlainScalar(String(member))) === true;
}

/**
 * The constant shape of a text, with a letter for each value. One that may be empty counts as
 * white space: it must not be what a block begins or ends with.
 */
function skeleton(parts: readonly Expr[]): string {
  return parts
    .map((part) => (part.op === 'const' ? String(part.value) : isNeverEmpty(part) ? 'x' : ' '))
    .join('');
}

function printTemplateBlock(parts: readonly Expr[], place: Place): Printed {
  const text = printParts(parts, place, (constant) => constant);
  const lines = text.replace(/\n$/, '').split('\n');
  return literal(text.endsWith('\n') ? '|' : '|-', lines);
}

/** The parts of a text as a template: constants escaped, values as actions. */
export function printParts(
  parts: readonly Expr[],
  place: Place,
  escape: (constant: string) => string,
): string {
  return parts
    .map((part) =>
      part.op === 'const' ? escapeTemplate(escape(String(part.value))) : printInText(part, place),
    )
    .join('');
}

/** Keeps `{{` of a constant text from being an action; a brace before an action counts too. */
export function escapeTemplate(text: string): string {
  return text.replace(/\{{2,}|\{$/g, (braces) => `{{ "${braces}" }}`);
}

function printFileText(file: Expr & { op: 'file' }, place: Place): Printed {
  const parts = textParts(file.text);
  const plain = parts.every((part) => part.op === 'const' || isPlainExpr(part));
  const shape = skeleton(parts);
  const template = printFile(file, place);
  if (!plain || !isBlockText(shape)) return `{{ ${template} | quote }}`;
  return {
    header: shape.endsWith('\n') ? '|' : '|-',
    lines: (indent) => [`${' '.repeat(indent)}{{- ${template} | nindent ${String(indent)} }}`],
  };
}

/** A text as its parts; a constant is one part. */
export function textParts(text: Expr): readonly Expr[] {
  return text.op === 'call' && text.name === 'concat' ? text.args : [text];
}
