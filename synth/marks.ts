import { constant, describe, type Expr } from './expr';

/*
 * `${value}` in a template literal must be a string at once, long before the value is known. It
 * becomes a mark: private-use characters around an id. Letters of both cases make a mark that
 * went through toUpperCase or toLowerCase recognisable as damaged.
 */
const OPEN = '\ue000';
const CLOSE = '\ue001';
const MARK = /\ue000vT(\d+)\ue001/;

interface Mark {
  readonly expr: Expr;
  /** Made by the engine just in case, so nobody misses it when it reaches no manifest. */
  readonly optional: boolean;
  reached: boolean;
}

const marks = new Map<number, Mark>();
let issued = 0;

/** A text that stands for the expression until a twin is made; each call gives its own. */
export function issueMark(expr: Expr, optional = false): string {
  issued += 1;
  marks.set(issued, { expr, optional, reached: false });
  return `${OPEN}vT${String(issued)}${CLOSE}`;
}

/** Whether a text holds a mark or what is left of one. */
export function hasMark(text: string): boolean {
  return text.includes(OPEN) || text.includes(CLOSE);
}

/** Turns a text with marks into an expression. @throws Error when a mark in it was damaged. */
export function readText(text: string): Expr {
  if (!hasMark(text)) return constant(text);
  const parts: Expr[] = [];
  text.split(MARK).forEach((part, index) => {
    if (index % 2 === 1) parts.push(take(Number(part)));
    else if (hasMark(part)) throw new Error(damaged(text));
    else if (part !== '') parts.push(constant(part));
  });
  return { op: 'call', name: 'concat', args: parts };
}

function take(id: number): Expr {
  const mark = marks.get(id);
  if (mark === undefined) throw new Error(damaged(`${OPEN}${String(id)}${CLOSE}`));
  mark.reached = true;
  return mark.expr;
}

function damaged(text: string): string {
  const shown = text.replaceAll(OPEN, '⟨').replaceAll(CLOSE, '⟩').slice(0, 60);
  return `The text "${shown}" holds a value that was cut, sliced or changed in case; build the text from whole values, with the case it shall have.`;
}

/**
 * The values put into texts that then reached no manifest, and forgets them.
 * @param concerns which marks to look at: those of one platform.
 */
export function takeLostMarks(concerns: (expr: Expr) => boolean): string[] {
  const lost: string[] = [];
  for (const [id, mark] of marks) {
    if (!concerns(mark.expr)) continue;
    if (!mark.reached && !mark.optional) lost.push(describe(mark.expr));
    marks.delete(id);
  }
  return lost;
}
