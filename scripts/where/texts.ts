import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import ts from 'typescript';
import type { Frame } from '../../synth/misuse';
import { frameOf, type Source } from './source';

/** A text of several lines, and which of them is asked about, from 0. */
export interface TextLine {
  readonly lines: readonly string[];
  readonly index: number;
}

/** A line of the code or of a file that it reads. */
interface Written {
  readonly frame: Frame;
  /** Whether it makes this line, values put in. */
  readonly says: (text: string) => boolean;
}

/**
 * The texts of a platform's code: its words, and the lines of its longer texts and of the files
 * that it reads. Where one stands only once, that is where it comes from, whatever happens to it
 * on its way.
 */
export class Texts {
  private readonly words = new Map<string, Frame[]>();
  private readonly long: (readonly Written[])[] = [];

  public constructor(source: Source) {
    for (const file of source.files) this.visit(file);
  }

  /** The only line that has the word, as a text or as a key. */
  public ofWord(word: string): Frame | undefined {
    const [first, ...others] = this.words.get(word) ?? [];
    const isSame = ({ file, line }: Frame) => file === first?.file && line === first.line;
    return others.every(isSame) ? first : undefined;
  }

  /** The line of the text that is the most like this one. */
  public ofLine(line: TextLine): Frame | undefined {
    const rated = this.long.flatMap((written) => {
      const frame = lineIn(written, line);
      const likeness = line.lines.filter(
        (text, index) => written[index]?.says(text) === true,
      ).length;
      return frame === undefined || likeness <= line.lines.length / 2 ? [] : [{ frame, likeness }];
    });
    const [best, next] = rated.sort((a, b) => b.likeness - a.likeness);
    return best?.likeness === next?.likeness ? undefined : best?.frame;
  }

  private visit(node: ts.Node): void {
    const written = longText(node);
    if (written.length > 1) this.long.push(written);
    const { parent } = node;
    const isKey = ts.isIdentifier(node) && ts.isPropertyAssignment(parent) && parent.name === node;
    const isText = ts.isStringLiteral(node) && !ts.isImportDeclaration(parent);
    if (isKey || isText)
      this.words.set(node.text, [...(this.words.get(node.text) ?? []), frameOf(node)]);
    ts.forEachChild(node, (child) => {
      this.visit(child);
    });
  }
}

/** The line, where it says what is asked for. */
export function lineIn(written: readonly Written[], { lines, index }: TextLine): Frame | undefined {
  const line = written[index];
  return line?.says(lines[index] ?? '') === true ? line.frame : undefined;
}

/** The lines of a template literal, or of a file read by sourceFile(); none of other code. */
export function longText(code: ts.Node): Written[] {
  if (ts.isTemplateLiteral(code)) return linesOfLiteral(code);
  return ts.isCallExpression(code) ? linesOfFile(code) : [];
}

function linesOfLiteral(code: ts.TemplateLiteral): Written[] {
  const { file, line } = frameOf(code);
  const lines = code.getText().slice(1, -1).split('\n');
  const written = lines.map((text, index) => ({
    frame: { file, line: line + index, column: 1 },
    says: saying(text),
  }));
  // A text that begins below its quote has a backslash there.
  return lines[0] === '\\' ? written.slice(1) : written;
}

function saying(line: string): Written['says'] {
  const constants = line.split(/\$\{.*?\}/);
  const escaped = constants.map((text) => text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&'));
  const pattern = new RegExp(`^${escaped.join('.*')}$`);
  return (text) => (constants.length === 1 ? text === line : pattern.test(text));
}

function linesOfFile(call: ts.CallExpression): Written[] {
  if (call.expression.getText() !== 'sourceFile') return [];
  const names = call.arguments.slice(1).map((one) => (ts.isStringLiteralLike(one) ? one.text : ''));
  const file = resolve(dirname(call.getSourceFile().fileName), ...names);
  if (names.includes('') || !existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.map((line, index) => ({
    frame: { file, line: index + 1, column: 1 },
    says: (text) => text === line,
  }));
}
