import { constant, describe, type Expr } from './expr';

/*
 * `${value}` in a template literal must be a string at once, long before the value is known. It
 * becomes a mark: private-use characters around an id. Letters of both cases make a mark that
 * went through toUpperCase or toLowerCase recognisable as damaged. A mark repeats itself until
 * it is longer than 253 characters: what shortens a text to any usual length cuts the mark, and
 * what is left still tells whose it was.
 */
const OPEN = '\ue000';
const CLOSE = '\ue001';
const COPIES = 64;
/** One mark or several of the same value: the whole, and the id. */
const RUN = /(\ue000vT(\d+)\ue001(?:\ue000vT\2\ue001)*)/;
const PIECES = /(?:\ue000vT(\d+)\ue001)+/gi;
/** What `{...value}` leaves as a key. */
const SPREAD = /\ue000spread \d+ ([^\ue001]*)\ue001/;

interface Mark {
  readonly expr: Expr;
  /**
   * Where it was made, as long as it is missed: until it reaches a manifest, and not where the engine
   * made it just in case. It holds on to what was running then.
   */
  missedAt: (() => string) | undefined;
}

const marks = new Map<number, Mark>();
let issued = 0;
let spreads = 0;

const tokenOf = (id: number) => `${OPEN}vT${String(id)}${CLOSE}`;

/**
 * A text that stands for the expression until a twin is made; each call gives its own.
 * @param place where it was made, for the problem that it reaches no manifest; without it, the
 * engine made the mark just in case, and nobody misses it.
 */
export function issueMark(expr: Expr, place?: () => string): string {
  issued += 1;
  marks.set(issued, { expr, missedAt: place });
  return tokenOf(issued).repeat(COPIES);
}

/** A key under which `{...value}` leaves its trace; each call gives its own. */
export function issueSpreadKey(name: string): string {
  spreads += 1;
  return `${OPEN}spread ${String(spreads)} ${name}${CLOSE}`;
}
// Asked of every key, and the expression has no fixed start.
export const isSpreadKey = (key: string) => key.includes(OPEN) && SPREAD.test(key);

/** Whether a text holds a mark or what is left of one. */
export function hasMark(text: string): boolean {
  return text.includes(OPEN) || text.includes(CLOSE);
}

/** Turns a text with marks into an expression. @throws Error when a mark in it was damaged. */
export function readText(text: string): Expr {
  if (!hasMark(text)) return constant(text);
  const parts: Expr[] = [];
  const pieces = text.split(RUN);
  for (let index = 0; index < pieces.length; index += 3) {
    const [literal = '', run, id] = pieces.slice(index, index + 3);
    if (hasMark(literal)) throw new Error(damaged(text));
    if (literal !== '') parts.push(constant(alone(literal)));
    if (run !== undefined) parts.push(...take(Number(id), run, text));
  }
  return { op: 'call', name: 'concat', args: parts.slice() };
}

/** A part of a text keeps all of it alive, and has two bytes a character as marks do. */
const alone = (part: string) => JSON.parse(JSON.stringify(part)) as string;

function take(id: number, run: string, text: string): Expr[] {
  const mark = marks.get(id);
  const count = run.length / tokenOf(id).length / COPIES;
  if (mark === undefined || !Number.isInteger(count)) throw new Error(damaged(text));
  mark.missedAt = undefined;
  return Array.from({ length: count }, () => mark.expr);
}

/** What is wrong with a text whose marks are no longer whole; follows the name of the text. */
function damaged(text: string): string {
  const [, spread] = SPREAD.exec(text) ?? [];
  if (spread !== undefined) {
    return `holds the keys of ${spread}, which are known only when a twin is made; spread the map with "...", or declare a list and use each()`;
  }
  const known = noticeMarks(text);
  if (known.includes(undefined)) {
    return 'holds a value of a platform that was read before; build each platform from its own tiers, once';
  }
  const names = [...new Set(known.map((mark) => `value ${mark ? describe(mark.expr) : ''}`))];
  return `holds only a part of ${names.join(' and ') || 'a value'}, or its letters in another case; build the text from whole values`;
}

/** Counts the marks of a text as found, whole or not: another problem tells of them. */
export function noticeMarks(text: string): (Mark | undefined)[] {
  const found = [...text.matchAll(PIECES)].map(([, id]) => marks.get(Number(id)));
  for (const mark of found) if (mark !== undefined) mark.missedAt = undefined;
  return found;
}

/** The text for people: marks as `${path}`, what is left of damaged ones in angle brackets. */
export function readable(text: string): string {
  if (!hasMark(text)) return text;
  return text
    .replace(new RegExp(SPREAD, 'g'), '...$1')
    .replace(PIECES, (_, id: string) => {
      const mark = marks.get(Number(id));
      return `\${${mark === undefined ? 'value' : describe(mark.expr)}}`;
    })
    .replaceAll(OPEN, '⟨')
    .replaceAll(CLOSE, '⟩');
}

export interface LostMark {
  readonly name: string;
  readonly where: string;
}

/**
 * The values put into texts that then reached no manifest, and forgets them.
 * @param concerns which marks to look at: those of one platform.
 */
export function takeLostMarks(concerns: (expr: Expr) => boolean): LostMark[] {
  const lost: LostMark[] = [];
  for (const [id, mark] of marks) {
    if (!concerns(mark.expr)) continue;
    if (mark.missedAt !== undefined) {
      lost.push({ name: describe(mark.expr), where: mark.missedAt() });
    }
    marks.delete(id);
  }
  return lost;
}
