import type { Program } from './programs';
import { isMap, type JsonMap } from '../merge';
import { compareObjects } from './compare';
import { run, type Scratch } from './helm';
import type { Parsed } from './parse';
import type { Failure } from './render';
import type { Json } from '../node';

/** How many renderings one kubectl reads: its start costs more than its reading. */
const BATCH = 40;

type OracleFailure = Failure & { readonly values: JsonMap; readonly run: string };
/** What was evaluated, and our own YAML of it. */
export interface Wanted {
  readonly objects: readonly JsonMap[];
  readonly text: string;
}

interface Reading {
  readonly text: string;
  readonly objects: readonly JsonMap[];
  readonly what: string;
  readonly values: JsonMap;
}

/**
 * Has every rendering read by kubectl, whose YAML parser is the one that counts in the end: what
 * it takes a text for must be what was evaluated. Reads our own YAML too.
 */
export class Oracle {
  public texts = 0;
  private readings: Reading[] = [];

  public constructor(
    private readonly kubectl: Program,
    private readonly scratch: Scratch,
  ) {}

  public async read(
    text: string,
    { objects, text: own }: Wanted,
    what: string,
    values: JsonMap,
  ): Promise<OracleFailure | undefined> {
    this.readings.push({ text, objects, what, values });
    this.readings.push({ text: own, objects, what: `dist of ${what}`, values });
    return this.readings.length < BATCH ? undefined : this.finish();
  }

  /** Reads what is still waiting. */
  public async finish(): Promise<OracleFailure | undefined> {
    const batch = this.readings.filter(({ objects }) => objects.length > 0);
    this.readings = [];
    if (batch.length === 0) return undefined;
    const together = await this.parse(batch.map(({ text }) => text));
    const counts = batch.reduce((sum, { objects }) => sum + objects.length, 0);
    if (together.ok && together.objects.length === counts && this.agree(batch, together.objects)) {
      this.texts += batch.length;
      return undefined;
    }
    return this.findFailure(batch);
  }

  private agree(batch: readonly Reading[], parsed: readonly JsonMap[]): boolean {
    let from = 0;
    return batch.every(({ objects }) => {
      const part = parsed.slice(from, (from += objects.length));
      return differencesOf(objects, part).length === 0;
    });
  }

  /** One kubectl for each rendering: slower, and says which it was. */
  private async findFailure(batch: readonly Reading[]): Promise<OracleFailure | undefined> {
    for (const { text, objects, what, values } of batch) {
      const { ok, objects: parsed, message } = await this.parse([text]);
      const differences = ok
        ? differencesOf(objects, parsed)
        : [{ path: 'kubectl', evaluated: 'reads', rendered: message }];
      if (differences.length > 0)
        return { what: `${what}, read by kubectl`, differences, values, run: 'kubectl' };
    }
    return undefined;
  }

  private async parse(texts: readonly string[]) {
    const files = texts.map((text) => this.scratch.write('yaml', text));
    const args = files.flatMap((file) => ['--filename', file]);
    const result = await run(this.kubectl.path, [
      'patch',
      '--local',
      '--type=merge',
      '--patch={}',
      '--output=json',
      ...args,
    ]);
    const objects = result.ok ? parseJsonStream(result.text) : [];
    return { ok: result.ok, objects, message: result.text };
  }
}

/** kubectl prints one JSON object after the other; each begins and ends at the left margin. */
function parseJsonStream(text: string): JsonMap[] {
  return text
    .split(/^(?=\{)/m)
    .filter((part) => part.trim() !== '')
    .map((part) => JSON.parse(part) as JsonMap);
}

/** kubectl's JSON has lost the difference between integer and float; the other parser keeps it. */
export const differencesOf = (objects: readonly JsonMap[], parsed: readonly JsonMap[]) =>
  compareObjects(
    objects,
    parsed.map((json) => withIntegers(json) as Record<string, Parsed>),
  );

function withIntegers(json: Json): Parsed {
  if (Array.isArray(json)) return json.map(withIntegers);
  if (isMap(json)) {
    return Object.fromEntries(
      Object.entries(json).map(([key, value]) => [key, withIntegers(value)]),
    );
  }
  return typeof json === 'number' && Number.isInteger(json) ? BigInt(json) : json;
}
