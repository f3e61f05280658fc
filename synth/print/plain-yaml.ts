import type { JsonMap } from '../merge';
import { isEmpty, type Json } from '../node';
import { remember } from './remember';
import { isBlockText, printScalar } from './scalar';
import { Utf8 } from './utf8';

/** JSON as YAML: each field on lines of its own, the last one with its end; empty where there is none. */
export function printYaml(json: JsonMap, indent = 0): string {
  return plainYaml((yaml) => {
    yaml.fields(json, indent);
  });
}

/** What is written. */
export function plainYaml(write: (yaml: PlainYaml) => void): string {
  // Also what an error left behind.
  output.cut(0);
  write(output);
  return output.toString();
}

/**
 * Writes plain YAML, which looks as what the templates give: two spaces, items indented below their
 * key. Of a hundred thousand lines most hold what was said before, so their pieces are remembered.
 * `pad` is always the columns before a line.
 */
class PlainYaml extends Utf8 {
  /** Whether what comes next stands behind the dash of its item. */
  public isBehindDash = false;

  public override cut(length: number, isBehindDash = false): void {
    super.cut(length);
    this.isBehindDash = isBehindDash;
  }

  public separator(): void {
    this.add(SEPARATOR);
  }

  public fields(json: JsonMap, pad: number): void {
    for (const key of Object.keys(json)) this.field(key, json[key] as Json, pad);
  }

  public field(key: string, value: Json, pad: number): void {
    if (typeof value !== 'object' || isEmpty(value)) {
      this.key(key, pad);
      this.scalar(value, pad);
      return;
    }
    this.keyAbove(key, pad);
    this.parts(value, pad + 2);
  }

  public items(json: readonly Json[], pad: number): void {
    for (const item of json) this.item(item, pad);
  }

  public item(item: Json, pad: number): void {
    if (typeof item !== 'object' || isEmpty(item)) {
      this.dash(pad);
      this.scalar(item, pad);
      return;
    }
    this.dashBefore(pad);
    this.parts(item, pad + 2);
  }

  private parts(json: JsonMap | Json[], pad: number): void {
    if (Array.isArray(json)) this.items(json, pad);
    else this.fields(json, pad);
  }

  /** A key with its colon, for what stands behind it. */
  private key(key: string, pad: number): void {
    this.add(keyAt(this.columns(pad))(key));
  }

  /** A line of a key, for the fields or items below it. */
  public keyAbove(key: string, pad: number): void {
    this.add(keyLineAt(this.columns(pad))(key));
  }

  /** A dash, for what stands behind it. */
  private dash(pad: number): void {
    this.add(dashAt(this.columns(pad)));
  }

  /** A dash, for the fields or items of which the first stands behind it. */
  public dashBefore(pad: number): void {
    this.add(dashSpaceAt(this.columns(pad)));
    this.isBehindDash = true;
  }

  /** What stands behind a key or a dash, with the end of its last line. */
  private scalar(value: Json, pad: number): void {
    if (typeof value === 'object') this.add(Array.isArray(value) ? EMPTY_LIST : EMPTY_MAP);
    else if (typeof value !== 'string') this.add(lineOf(String(value)));
    else {
      const line = lineOfText(value);
      if (line === undefined) this.addText(blockOf(value, pad));
      else this.add(line);
    }
  }

  private columns(pad: number): number {
    if (!this.isBehindDash) return pad;
    this.isBehindDash = false;
    return 0;
  }
}

export type { PlainYaml };

/** One for all files. */
const output = new PlainYaml();

const bytes = (text: string): Uint8Array => Buffer.from(text);
const SEPARATOR = bytes('---\n');
const EMPTY_LIST = bytes(' []\n');
const EMPTY_MAP = bytes(' {}\n');

/** A piece by the columns before it. */
function byColumns<T>(make: (indentation: string) => T): (columns: number) => T {
  const made: T[] = [];
  return (columns) => (made[columns] ??= make(' '.repeat(columns)));
}

const keyAt = byColumns((pad) => remember((key) => bytes(`${pad}${printScalar(key)}:`)));
const keyLineAt = byColumns((pad) => remember((key) => bytes(`${pad}${printScalar(key)}:\n`)));
const dashAt = byColumns((pad) => bytes(`${pad}-`));
const dashSpaceAt = byColumns((pad) => bytes(`${pad}- `));

/** Of a number or boolean. */
const lineOf = remember((scalar) => bytes(` ${scalar}\n`));

/** Undefined for a text of several lines. */
const lineOfText = remember((text) =>
  isBlockText(text) ? undefined : bytes(` ${printScalar(text)}\n`),
);

function blockOf(text: string, pad: number): string {
  const columns = ' '.repeat(pad + 2);
  // Its first line is never empty.
  const lines = columns + text.replace(/\n(?=[^\n])/g, `\n${columns}`);
  return text.endsWith('\n') ? ` |\n${lines}` : ` |-\n${lines}\n`;
}
