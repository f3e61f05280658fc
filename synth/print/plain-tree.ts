import { isNothing, type Scene } from '../compute';
import {
  addImages,
  addImagesOfContainers,
  addImagesOfField,
  isOfContainers,
  mayBringImage,
} from '../container-images';
import { Evaluator } from '../evaluate';
import type { JsonMap } from '../merge';
import {
  IS_SHARED,
  type Json,
  type ListItem,
  type ListNode,
  type MapEntry,
  type MapNode,
  type Node,
} from '../node';
import { plainYaml, type PlainYaml } from './plain-yaml';

export interface PrintedTrees {
  readonly text: string;
  /** What their containers run; some several times. */
  readonly images: readonly string[];
}

/**
 * A file of documents: what `evaluate` makes of these trees, as plain YAML. Values are put in while
 * it is printed, which takes a fraction of the time that maps and lists in between would; so images
 * are found on the way, too.
 */
export function printTrees(trees: readonly MapNode[], scene: Scene): PrintedTrees {
  const images: string[] = [];
  const text = plainYaml((yaml) => {
    const printer = new TreePrinter(new Evaluator(scene), yaml, images);
    for (const [index, { entries }] of trees.entries()) {
      if (index > 0) yaml.separator();
      printer.entries(entries, 0);
    }
  });
  return { text, images };
}

/** Where a tree stands in the file. */
interface Place {
  readonly pad: number;
  readonly start: number;
  readonly end: number;
}

class TreePrinter {
  /** Trees that are said again: labels, probes, security contexts. */
  private readonly places = new Map<Node, Place>();
  /** How many lists are walked around what is printed. */
  private walked = 0;
  /** How many containers are around it. */
  private contained = 0;

  public constructor(
    private readonly values: Evaluator,
    private readonly yaml: PlainYaml,
    private readonly images: string[],
  ) {}

  public entries(entries: readonly MapEntry[], pad: number): void {
    for (const entry of entries) this.entry(entry, pad);
  }

  private entry(entry: MapEntry, pad: number): void {
    switch (entry.kind) {
      case 'field':
        this.field(entry.key, entry.node, pad);
        return;
      case 'omitEmpty': {
        const value = this.values.expr(entry.expr);
        if (!isNothing(value)) this.value(entry.key, value, pad);
        return;
      }
      case 'include':
        this.entries(entry.entries, pad);
        return;
      case 'spread':
        this.spread(this.values.expr(entry.expr) as JsonMap, pad);
        return;
      case 'block':
        this.entries(this.values.branch(entry), pad);
    }
  }

  private spread(map: JsonMap, pad: number): void {
    for (const key of Object.keys(map)) this.value(key, map[key] as Json, pad);
  }

  private value(key: string, value: Json, pad: number): void {
    if (this.contained === 0) addImagesOfField(key, value, this.images);
    this.yaml.field(key, value, pad);
  }

  private field(key: string, node: Node, pad: number): void {
    const { yaml } = this;
    if (node.kind === 'value') {
      this.value(key, this.values.expr(node.expr), pad);
      return;
    }
    if (hasNoParts(node)) {
      yaml.field(key, emptyOf(node), pad);
      return;
    }
    const { length, isBehindDash } = yaml;
    yaml.keyAbove(key, pad);
    const start = yaml.length;
    if (node.kind === 'list' && this.contained === 0 && isOfContainers(key)) {
      this.containers(node, pad + 2);
    } else this.below(node, pad + 2);
    // All its parts are left out, and so is the key.
    if (yaml.length === start) yaml.cut(length, isBehindDash);
  }

  private containers(list: ListNode, pad: number): void {
    addImagesOfContainers(
      list.items.flatMap((item) => this.containersOf(item)),
      this.images,
    );
    this.contained += 1;
    this.below(list, pad);
    this.contained -= 1;
  }

  /** As far as they tell their images. */
  private containersOf(item: ListItem): readonly Json[] {
    const node: Node =
      item.kind === 'item' && item.node.kind === 'map'
        ? { kind: 'map', entries: item.node.entries.filter(mayBringImage) }
        : { kind: 'list', items: [item] };
    const json = this.values.node(node);
    return Array.isArray(json) ? json : json === undefined ? [] : [json];
  }

  private below(node: MapNode | ListNode, pad: number): void {
    // In a list that is walked, it is another for each item.
    if (node[IS_SHARED] !== true || this.walked > 0) {
      this.parts(node, pad);
      return;
    }
    const before = this.places.get(node);
    if (before?.pad === pad) {
      this.yaml.repeat(before.start, before.end);
      return;
    }
    const start = this.yaml.length;
    this.parts(node, pad);
    this.places.set(node, { pad, start, end: this.yaml.length });
  }

  private parts(node: MapNode | ListNode, pad: number): void {
    if (node.kind === 'map') this.entries(node.entries, pad);
    else this.listItems(node.items, pad);
  }

  private listItems(items: readonly ListItem[], pad: number): void {
    for (const item of items) this.listItem(item, pad);
  }

  private listItem(item: ListItem, pad: number): void {
    switch (item.kind) {
      case 'item':
        this.dashed(item.node, pad);
        return;
      case 'spread':
        this.items(this.values.expr(item.expr) as Json[], pad);
        return;
      case 'block':
        this.listItems(this.values.branch(item), pad);
        return;
      case 'each':
        this.walked += 1;
        for (const _ of this.values.turns(item.list, item.binding)) this.dashed(item.body, pad);
        this.walked -= 1;
    }
  }

  private items(items: readonly Json[], pad: number): void {
    if (this.contained === 0) for (const item of items) addImages(item, this.images);
    this.yaml.items(items, pad);
  }

  private dashed(node: Node, pad: number): void {
    const { yaml } = this;
    if (node.kind === 'value') {
      this.items([this.values.expr(node.expr)], pad);
      return;
    }
    if (hasNoParts(node)) {
      yaml.item(emptyOf(node), pad);
      return;
    }
    yaml.dashBefore(pad);
    this.parts(node, pad + 2);
  }
}

const hasNoParts = (node: MapNode | ListNode) =>
  (node.kind === 'map' ? node.entries : node.items).length === 0;

const emptyOf = (node: MapNode | ListNode): Json => (node.kind === 'map' ? {} : []);
