import { append } from '../append';
import { Flowchart, Ids, type Role } from './mermaid';

/** Things that the text of an arrow names, before it says how many there are. */
const FEW = 3;

interface Node {
  readonly role: Role;
  /** Of those that the node stands for. */
  readonly names: readonly string[];
  readonly lines: readonly string[];
}

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly texts: Set<string>;
  style: Style;
}

/** Dotted, plain, thick, or a line without a head. */
export type Style = '-.->' | '-->' | '==>' | '---';

/** Nodes and arrows, of which those are drawn as one that are in the same place. */
export class Graph {
  private readonly ids = new Ids();
  private readonly nodes = new Map<string, Node>();
  private readonly arrows = new Map<string, Arrow>();

  /**
   * @param things what the texts of arrows are, where there are too many to name them.
   * @param isAlike whether nodes are in the same place although their arrows have other texts.
   */
  public constructor(
    private readonly things: string,
    private readonly isAlike = false,
  ) {}

  /** @param key what it stands for; the first part is a letter of the kind of thing. */
  public node(key: readonly [string, ...string[]], role: Role, name: string, ...lines: string[]) {
    const id = this.ids.of(...key);
    this.nodes.set(id, { role, names: [name], lines });
    return id;
  }

  /** Once for each pair: with all its texts, and dotted only where all are. */
  public arrow(from: string, style: Style, to: string, texts: Iterable<string> = []): void {
    if (from === to) return;
    const known = this.arrows.get(`${from} ${to}`) ?? { from, to, style, texts: new Set() };
    this.arrows.set(`${from} ${to}`, known);
    for (const text of texts) known.texts.add(text);
    if (known.style === '-.->') known.style = style;
  }

  public get isEmpty(): boolean {
    return this.arrows.size === 0;
  }

  /** Without nodes that no arrow has. */
  public draw(): string {
    const chart = new Flowchart('LR');
    const standsFor = this.representatives();
    const first = (id: string) => standsFor.get(id) ?? id;
    const names = new Map<string, string[]>();
    for (const [id, node] of this.nodes) append(names, first(id), ...node.names);
    for (const [id, { role, lines }] of this.nodes) {
      if (standsFor.get(id) === id) chart.node(id, role, ...(names.get(id) ?? []), ...lines);
    }
    const merged = new Map<string, Arrow>();
    for (const arrow of this.arrows.values()) {
      const [from, to] = [first(arrow.from), first(arrow.to)];
      const known = merged.get(`${from} ${to}`) ?? { ...arrow, from, to, texts: new Set() };
      merged.set(`${from} ${to}`, known);
      for (const text of arrow.texts) known.texts.add(text);
    }
    for (const { from, to, style, texts } of merged.values()) {
      chart.edge(from, style, to, ...this.shown(texts));
    }
    return chart.toString();
  }

  private shown(texts: ReadonlySet<string>): string[] {
    const sorted = [...texts].sort((one, other) => parseInt(one, 10) - parseInt(other, 10) || 0);
    return sorted.length > FEW ? [`${String(sorted.length)} ${this.things}`] : sorted;
  }

  /** For each node that an arrow has, the first one that it is drawn with. */
  private representatives(): ReadonlyMap<string, string> {
    const ends = new Map<string, string[]>();
    for (const { from, to, style, texts } of this.arrows.values()) {
      const text = this.isAlike ? '' : [...texts].sort().join();
      append(ends, from, `${style} ${to} ${text}`);
      append(ends, to, `${from} ${style} ${text}`);
    }
    const firsts = new Map<string, string>();
    const found = new Map<string, string>();
    for (const [id, { role, lines }] of this.nodes) {
      const own = ends.get(id);
      if (own === undefined) continue;
      const place = [role, ...lines, ...own.sort()].join('\n');
      const first = firsts.get(place) ?? id;
      firsts.set(place, first);
      found.set(id, first);
    }
    return found;
  }
}
