import { Construct } from 'constructs';
import * as path from 'node:path';
import type { Problem } from './problems';

/*
 * What the code that composes a platform does wrong with a value. It is noted instead of thrown,
 * so that one run tells all of it; nothing is written as long as a note is there.
 */

interface Note {
  readonly owner: object;
  readonly problem: Problem;
}
let notes: Note[] = [];
let reading: string | undefined;

/**
 * Notes what is wrong.
 * @param construct path of the construct it stands in, where that is known.
 * @throws TypeError when no platform is known that would report the note.
 */
export function complain(owner: object | undefined, message: string, construct?: string): void {
  if (owner === undefined) throw new TypeError(message);
  notes.push({ owner, problem: { where: placeOf(owner, construct)(), message } });
}

/** The notes on one platform, or on all; each is given out once. */
export function takeNotes(owner?: object): Problem[] {
  const isTaken = (note: Note) => owner === undefined || note.owner === owner;
  const taken = notes.filter(isTaken);
  notes = notes.filter((note) => !isTaken(note));
  return taken.map(({ problem }) => problem);
}

export const hasNotes = (owner: object): boolean => notes.some((note) => note.owner === owner);

/** While a construct is read, what it calls stands in it, not in the tier that was made last. */
export function whileReading<T>(where: string, work: () => T): T {
  const before = reading;
  reading = where;
  try {
    return work();
  } finally {
    reading = before;
  }
}

/** The tier that is being made, and the line of its code that led here; told when asked. */
export function placeOf(owner: object, construct?: string): () => string {
  const trace = new Error();
  const tier = owner instanceof Construct ? owner.node.children.at(-1)?.node.path : undefined;
  const place = construct ?? reading ?? tier ?? 'platform';
  return () => [place, ...(siteOf(trace) ?? [])].join(', ');
}

const FRAME = /(?:\(|at (?:async )?)(?:file:\/\/)?([^()]+):(\d+):(\d+)\)?$/;

/** A line of the project's code that was being executed. */
export interface Frame {
  /** Path, absolute. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The lines outside of this engine and of packages that led to the error, the innermost first. */
export function* framesOf(error: Error): Generator<Frame> {
  for (const text of (error.stack ?? '').split('\n')) {
    const [, file = '', line, column] = FRAME.exec(text) ?? [];
    const isForeign = file === '' || file.startsWith('node:') || file.includes('node_modules');
    if (isForeign || file.startsWith(__dirname + path.sep)) continue;
    yield { file, line: Number(line), column: Number(column) };
  }
}

/** `charts/web.ts:12`: from the working directory where the file lies below. */
export function shownFrame({ file, line }: Frame): string {
  const relative = path.relative(process.cwd(), file);
  return `${relative.startsWith('..') ? file : relative}:${String(line)}`;
}

/** The line outside of this engine and of packages that led to the error: `charts/web.ts:12`. */
export function siteOf(error: Error): [string] | undefined {
  const [frame] = framesOf(error);
  return frame && [shownFrame(frame)];
}
