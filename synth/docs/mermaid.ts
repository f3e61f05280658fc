import { append } from '../append';

/* Diagrams as Mermaid's flowcharts. */

/** Letters, digits and what means nothing to Mermaid or HTML; everything else becomes an entity. */
const HARMLESS = /[^\p{L}\p{N} .,/()-]/gu;

/** What Mermaid would take for the start of a list. */
const LIST = /^(-|\d+[.)])(?= )/;

/** A label of several lines, in quotes, whatever its characters are. */
export const label = (...lines: readonly string[]): string =>
  `"${lines.map(escaped).join('<br/>')}"`;

const escaped = (line: string) =>
  line
    .replaceAll(/\s+/g, ' ')
    .replaceAll(HARMLESS, entity)
    .replace(LIST, (start) => start.slice(0, -1) + entity(start.slice(-1)));

const entity = (character: string) => `#${String(character.codePointAt(0))};`;

/** Ids by what they stand for: letters and digits of it, and a number where two come out alike. */
export class Ids {
  private readonly byKey = new Map<string, string>();
  private readonly taken = new Set<string>();

  /** @param parts what it stands for; the first one is a letter, as a bare name can be a keyword. */
  public of(...parts: readonly [string, ...string[]]): string {
    const key = parts.join('\n');
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const plain = parts.join('_').replaceAll(/[^A-Za-z0-9]+/g, '_');
    let id = plain;
    for (let number = 2; this.taken.has(id); number += 1) id = `${plain}_${String(number)}`;
    this.byKey.set(key, id);
    this.taken.add(id);
    return id;
  }
}

/** What a node stands for; each has a form and colours of its own. */
export type Role = 'system' | 'task' | 'store' | 'other' | 'outside' | 'secret';

const FORMS: Readonly<Record<Role, readonly [open: string, close: string]>> = {
  system: ['[', ']'],
  task: ['(', ')'],
  store: ['[(', ')]'],
  other: ['[', ']'],
  outside: ['([', '])'],
  secret: ['[', ']'],
};

/** Fill and text together, so that both themes of a reader can show it. */
const COLOURS: Readonly<Record<Role, string>> = {
  system: 'fill:#dbe9fb,stroke:#3b6ea8,color:#10243d',
  task: 'fill:#e9e2f8,stroke:#6f57a5,color:#261848',
  store: 'fill:#fdecc8,stroke:#a97b1c,color:#3b2a04',
  other: 'fill:#f4f6f8,stroke:#7a8794,color:#2b333b,stroke-dasharray:4 3',
  outside: 'fill:#e6e6e6,stroke:#5c5c5c,color:#222222',
  secret: 'fill:#f9dede,stroke:#a94442,color:#431413',
};

/**
 * Room for long names in one line, and lines that go through the places that the layout keeps free
 * for their texts: along other curves Mermaid moves the texts, onto each other.
 */
const SETTINGS = { wrappingWidth: 400, rankSpacing: 60, nodeSpacing: 30 };
const CURVES = { LR: 'monotoneX', TB: 'monotoneY' } as const;

/** A subgraph has no fill: what is behind it shows in both themes. */
const GROUP = 'fill:transparent,stroke:#7a8794';

/** A line of the diagram, and the node that it makes. */
interface Line {
  readonly text: string;
  readonly node?: string;
}

export class Flowchart {
  private readonly lines: Line[] = [];
  private readonly targets = new Map<string, string[]>();
  private readonly roles = new Map<Role, string[]>();
  private readonly groups: string[] = [];
  private indent = '  ';

  public constructor(private readonly direction: 'TB' | 'LR') {}

  public node(id: string, role: Role, ...lines: readonly string[]): void {
    const [open, close] = FORMS[role];
    this.add(`${id}${open}${label(...lines)}${close}`, id);
    append(this.roles, role, id);
  }

  public group(id: string, title: string, direction: 'TB' | 'LR', fill: () => void): void {
    this.add(`subgraph ${id}[${label(title)}]`);
    this.indent += '  ';
    this.add(`direction ${direction}`);
    fill();
    this.indent = this.indent.slice(2);
    this.add('end');
    this.groups.push(id);
  }

  /** @param arrow such as `-->` or `-.->`. */
  public edge(from: string, arrow: string, to: string, ...lines: readonly string[]): void {
    this.add(`${from} ${arrow}${lines.length === 0 ? '' : `|${label(...lines)}|`} ${to}`);
    append(this.targets, from, to);
  }

  /** As a block of Markdown. */
  public toString(): string {
    const styles = [...this.roles].flatMap(([role, ids]) => [
      `  classDef ${role} ${COLOURS[role]}`,
      `  class ${ids.join(',')} ${role}`,
    ]);
    const groups = this.groups.map((id) => `  style ${id} ${GROUP}`);
    const flowchart = { ...SETTINGS, curve: CURVES[this.direction] };
    const settings = `%%{init: ${JSON.stringify({ flowchart })}}%%`;
    const lines = this.ordered().map(({ text }) => text);
    const all = [settings, `flowchart ${this.direction}`, ...lines, ...styles, ...groups];
    return ['```mermaid', ...all, '```'].join('\n');
  }

  /**
   * Nodes in the order of those that they lead to, on average: Mermaid starts from the order of the
   * text, and keeps arrows that cross where another order is no better by its own count.
   */
  private ordered(): readonly Line[] {
    const nodes = this.lines.filter(({ node }) => node !== undefined);
    if (this.groups.length > 0) return this.lines;
    const places = new Map(nodes.map(({ node }, index) => [node, index]));
    const average = ({ node = '' }: Line) => {
      const targets = this.targets.get(node) ?? [node];
      return targets.reduce((sum, id) => sum + (places.get(id) ?? 0), 0) / targets.length;
    };
    const sorted = nodes.toSorted((one, other) => average(one) - average(other));
    return [...sorted, ...this.lines.filter(({ node }) => node === undefined)];
  }

  private add(text: string, node?: string): void {
    this.lines.push({ text: this.indent + text, ...(node !== undefined && { node }) });
  }
}
