import ts from 'typescript';
import { isMap } from '../../synth/merge';
import type { Expr } from '../../synth/expr';
import type { Frame } from '../../synth/misuse';
import type { Json } from '../../synth/node';
import type { Path } from './line';
import { frameOf, isCall, type Source } from './source';
import { lineIn, longText, Texts, type TextLine } from './texts';
import { Terminals, type Place, type Step } from './terminals';

/** Where in the code a field of an object is written. */
export interface Written {
  readonly frame: Frame;
  /** How much of the field's path was found; all of it, or the field stands somewhere below. */
  readonly depth: number;
}

/** A field, and what is known of it. */
export interface FieldOf {
  readonly path: Path;
  readonly object: Json;
  /** What evaluates to the field. */
  readonly origin: Expr | undefined;
  /** Where the field is a text of several lines: one of them. */
  readonly text: TextLine | undefined;
}

interface Found extends Step {
  readonly depth: number;
}

/** Finds where fields of objects and values of environments are written. */
export class Writing {
  private readonly terminals: Terminals;
  private readonly texts: Texts;

  public constructor(private readonly source: Source) {
    this.terminals = new Terminals(source);
    this.texts = new Texts(source);
  }

  /**
   * The line that has a field of an object.
   * @param frames the lines that made the object, the innermost first.
   */
  public ofField(frames: readonly Frame[], field: FieldOf): Written | undefined {
    const { path, object, text, origin } = field;
    const made = this.terminals.callOf(frames);
    const literal = made?.call.arguments?.at(-1);
    if (made === undefined || literal === undefined) return undefined;
    const found = this.walk({ code: literal, args: made.args }, path, object, 0, origin);
    if (found === undefined) return undefined;
    const isWhole = found.depth === path.length;
    const inText = isWhole && text !== undefined ? this.lineOfText(found.place, text) : undefined;
    return { frame: inText ?? frameOf(found.at), depth: found.depth };
  }

  /** The only line of the code that has what the field says, or its name. */
  public ofText({ path, object, text }: FieldOf): Frame | undefined {
    if (text !== undefined) return this.texts.ofLine(text);
    const json = path.reduce<Json | undefined>(
      (part, key) => (part as Record<string | number, Json> | undefined)?.[key],
      object,
    );
    const words = [json, path.at(-1)].filter((word) => typeof word === 'string');
    return words.flatMap((word) => this.texts.ofWord(word) ?? [])[0];
  }

  /** The line of an environment that sets a value. */
  public ofOverlay(environment: string, path: Path, values: Json): Frame | undefined {
    const literals = this.source.files.flatMap((file) => environmentsIn(file, environment));
    const found = literals.flatMap((code) => {
      const place = { code, args: new Map<ts.Node, Place>() };
      return this.walk(place, ['values', ...path], { values }, 0) ?? [];
    });
    const [whole] = found.filter(({ depth }) => depth === path.length + 1);
    return whole && frameOf(whole.at);
  }

  private walk(
    place: Place,
    [key, ...rest]: Path,
    json: Json | undefined,
    depth: number,
    origin?: Expr,
  ): Found | undefined {
    if (key === undefined) return undefined;
    const below = (json as Record<string | number, Json | undefined> | undefined)?.[key];
    let best: Found | undefined;
    for (const terminal of this.terminals.of(place)) {
      const steps =
        typeof key === 'number' || Array.isArray(json)
          ? this.item(terminal, Number(key), json)
          : this.terminals.field(terminal, key);
      for (const step of steps) {
        if (rest.length === 0 && this.contradicts(step.place, below, origin)) continue;
        const own = { ...step, depth: depth + 1 };
        const found = this.walk(step.place, rest, below, depth + 1, origin) ?? own;
        if (best === undefined || found.depth > best.depth) best = found;
      }
    }
    return best;
  }

  /** Whether the code of a field cannot have made what is there. */
  private contradicts(place: Place, json: Json | undefined, origin: Expr | undefined): boolean {
    if (json === undefined || typeof json === 'object') return false;
    const terminals = this.terminals.of(place);
    const isOther = ({ code }: Place) =>
      (origin !== undefined && origin.op !== 'const' && constantOf(code) !== undefined) ||
      (origin?.op === 'ref' && ts.isTemplateExpression(code));
    if (terminals.length > 0 && terminals.every(isOther)) return true;
    return terminals.length > 0 && terminals.every((one) => this.likenessOf(one, json) < 0);
  }

  /** The items that can be this one of the list, the likeliest first. */
  private item(terminal: Place, index: number, list: Json | undefined): Step[] {
    const json = Array.isArray(list) ? list[index] : undefined;
    const items = this.terminals.items(terminal).map((place, at) => ({
      place,
      at: place.code,
      likeness: json === undefined ? 0 : this.likeness(place, json),
      distance: Math.abs(at - index),
    }));
    return items
      .filter(({ likeness }) => likeness >= 0)
      .sort((a, b) => b.likeness - a.likeness || a.distance - b.distance);
  }

  /** How many constants of the code the data has too; below 0 where one of them is another. */
  private likeness(place: Place, json: Json): number {
    const terminals = this.terminals.of(place);
    if (terminals.length === 0) return 0;
    return Math.max(
      ...terminals.map((terminal) => {
        const likeness = this.likenessOf(terminal, json);
        return terminal.isGuess === true ? Math.max(0, likeness) : likeness;
      }),
    );
  }

  private likenessOf({ code, args }: Place, json: Json): number {
    const constant = constantOf(code);
    if (constant !== undefined) return constant === json ? 1 : -1;
    if (ts.isTemplateExpression(code)) {
      const fits = typeof json === 'string' && json.startsWith(code.head.text);
      return fits && json.endsWith(code.templateSpans.at(-1)?.literal.text ?? '') ? 1 : -1;
    }
    if (ts.isArrayLiteralExpression(code)) return Array.isArray(json) ? 0 : -1;
    if (ts.isObjectLiteralExpression(code)) {
      if (!isMap(json)) return -1;
      const fields = code.properties
        .filter(ts.isPropertyAssignment)
        .map(({ name, initializer }) => {
          const value = 'text' in name ? json[name.text] : undefined;
          return value === undefined ? 0 : this.likeness({ code: initializer, args }, value);
        });
      return fields.some((one) => one < 0) ? -1 : fields.reduce((sum, one) => sum + one, 0);
    }
    if (!isCall(code) || !isMap(json)) return 0;
    const handed = this.terminals
      .handed(code, args)
      .filter((one) => ts.isObjectLiteralExpression(one.code));
    return handed.length === 0 ? 0 : Math.max(...handed.map((one) => this.likenessOf(one, json)));
  }

  private lineOfText(place: Place, line: TextLine): Frame | undefined {
    const candidates = this.textsOf(place, 0);
    return candidates.flatMap((one) => lineIn(longText(one.code), line) ?? [])[0];
  }

  /** The text literals and files that a text is made of. */
  private textsOf(place: Place, depth: number): Place[] {
    if (depth > 5) return [];
    return this.terminals
      .of(place)
      .flatMap((terminal) => [
        terminal,
        ...(isCall(terminal.code)
          ? this.terminals.handed(terminal.code, terminal.args)
          : []
        ).flatMap((one) => this.textsOf(one, depth + 1)),
      ]);
  }
}

function constantOf(code: ts.Expression): string | number | boolean | undefined {
  if (ts.isStringLiteralLike(code)) return code.text;
  if (ts.isNumericLiteral(code)) return Number(code.text);
  if (code.kind === ts.SyntaxKind.TrueKeyword) return true;
  return code.kind === ts.SyntaxKind.FalseKeyword ? false : undefined;
}

/** Literals that look like the environment of this name. */
function environmentsIn(file: ts.SourceFile, name: string): ts.ObjectLiteralExpression[] {
  const found: ts.ObjectLiteralExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const fields = node.properties.map((property) => property.getText().replace(/\s+/g, ' '));
      const isNamed = fields.some((field) =>
        [`name: '${name}'`, `name: "${name}"`].includes(field),
      );
      if (isNamed && fields.some((field) => field.startsWith('values'))) found.push(node);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
