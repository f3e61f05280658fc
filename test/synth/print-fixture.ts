import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { z } from 'zod';
import {
  dnsLabel,
  dnsName,
  imageSchema,
  Platform,
  structuralList,
  structuralMap,
  tiersOf,
} from '../../synth';
import type { Blueprint, Resource, TierPlan } from '../../synth/blueprint';
import { fileTemplate, helpersTpl, template } from '../../synth/chart/templates';
import type { Environment } from '../../synth';
import type { JsonMap } from '../../synth/merge';
import type { Scene } from '../../synth/compute';
import { printTrees } from '../../synth/print/plain-tree';
import { printYaml } from '../../synth/print/plain-yaml';
import { distRelease, renderTier, sceneOf, valuesOf } from '../../synth/scene';

/*
 * A platform with one tier and one value of each type. A test prints an object made of them and
 * reads all of what comes out, without the head that every object has.
 */

export const globalValues = z.strictObject({
  domain: dnsName().default('shop.example').describe('Domain.'),
  imageRegistry: z
    .string()
    .regex(/^([a-z0-9][a-z0-9.-]*)?$/)
    .default('')
    .describe('Registry of all images.'),
  namespaces: z.strictObject({ sample: dnsLabel().default('shop').describe('Namespace.') }),
});

const text = () => z.string().default('').describe('Text.');
const toggle = (initially: boolean) => z.boolean().default(initially).describe('Switch.');

export const sampleValues = z.strictObject({
  on: toggle(true),
  off: toggle(false),
  level: z.enum(['info', 'warn']).default('info').describe('Words that need no quotes.'),
  answer: z.enum(['yes', 'no']).default('no').describe('Words that need quotes.'),
  // Its pattern allows only characters that need no quotes; at least one of them.
  host: dnsName().default('db').describe('Plain text.'),
  // As host, and possibly empty.
  suffix: z
    .string()
    .regex(/^[a-z]*$/)
    .default('')
    .describe('Plain text or nothing.'),
  // As host, with each way to count.
  counted: z
    .string()
    .regex(/^[a-z]{10}[a-z]{1,10}[a-z]{1,}$/)
    .default('twelveletter')
    .describe('Plain text of a certain length.'),
  title: text(),
  small: z.int().min(0).max(999_999).default(3).describe('Integer that float64 prints as it is.'),
  large: z.int().min(0).max(1_000_000).default(7).describe('Integer that float64 may shorten.'),
  signed: z.int().default(-1).describe('Any integer.'),
  ratio: z.number().min(0).max(1e21).default(0.5).describe('Number with a fraction.'),
  words: z.array(z.string()).default([]).describe('List of texts.'),
  routes: z
    .array(z.strictObject({ host: dnsName(), ports: z.array(z.int().min(1).max(65535)) }))
    .default([])
    .describe('List of groups with lists.'),
  labels: z.record(z.string(), z.string()).default({}).describe('Map of texts.'),
  affinity: structuralMap<object>().describe('Map of anything.'),
  tolerations: structuralList<object>().describe('List of anything.'),
  resources: z
    .strictObject({
      cpu: z.string().default('1').describe('CPU.'),
      limit: z.int().min(0).max(9).default(2).describe('Limit.'),
    })
    .describe('Group.'),
  image: imageSchema({ registry: 'docker.io', repository: 'library/node', tag: '24.1.0' }),
});

const sampleTier = tiersOf(globalValues);
const SampleTierBase = sampleTier({
  name: 'sample',
  description: 'One value of each type.',
  values: sampleValues,
});
type Content = (tier: SampleTier) => Readonly<Record<string, unknown>>;

/** The tier that holds what a test prints, in objects that are nothing but that and a name. */
export class SampleTier extends SampleTierBase {
  /** Two labels with a name of their own in the chart. */
  public readonly names = this.define('names', {
    app: 'shop',
    release: this.release.name,
  });

  public constructor(scope: Construct, contents: readonly Content[]) {
    super(scope);
    contents.forEach((content, index) => {
      const id = `case${String(index + 1)}`;
      const props = { apiVersion: 'v1', kind: 'Sample', metadata: { name: id } };
      new ApiObject(this, id, { ...props, ...content(this) });
    });
  }
}

/** What was printed in this test file: content and the overlays it was evaluated with. */
export const printedCases: { content: Content; overlays: JsonMap[] }[] = [];

export function platformOf(contents: readonly Content[], environments: readonly Environment[]) {
  const platform = new Platform({
    chart: {
      name: 'samples',
      description: 'Samples.',
      version: '1.2.3',
      appVersion: '4.5.6',
      kubeVersion: '>=1.28.0-0',
    },
    environments,
    checks: [],
  });
  new SampleTier(platform, contents);
  return platform;
}

export const environmentOf = (values: JsonMap, name = 'test'): Environment => ({
  name,
  summary: 'what the test sets.',
  release: { name: 'main', namespace: 'ops' },
  values,
});

/** Both twins of one object. */
export class Printed {
  private readonly overlays: JsonMap[] = [];
  private readonly blueprint: Blueprint;

  private readonly tier: TierPlan;
  private readonly resource: Resource;

  public constructor(content: Content) {
    this.blueprint = platformOf([content], [environmentOf({})]).build();
    const [tier] = this.blueprint.tiers;
    const [resource] = tier?.resources ?? [];
    if (tier === undefined || resource === undefined) throw new Error('The object is gone.');
    this.tier = tier;
    this.resource = resource;
    printedCases.push({ content, overlays: this.overlays });
  }

  /** The template, without apiVersion, kind and metadata. */
  public get template(): string {
    // What is added behind the object has tests of its own: document-end.test.ts.
    return withoutHead(template(this.resource)).replace(/^# Keeps the newlines.*\n/m, '');
  }

  /** _helpers.tpl of the chart. */
  public get helpers(): string {
    return helpersTpl(this.tier);
  }

  /** Content of the chart's files/ folder, by path. */
  public get files(): Record<string, string> {
    const files = [...this.tier.files.values()];
    return Object.fromEntries(files.map((file) => [file.path, fileTemplate(file)]));
  }

  /** Keys that the schema refuses in a map value because they are fixed beside it. */
  public keysRefused(value: string): unknown[] {
    const names = this.tier.chartSchema.properties?.[value]?.propertyNames?.allOf ?? [];
    return names.flatMap((name) => name.not?.enum ?? []);
  }

  /** What dist/ holds under these values. */
  public yaml(sample: JsonMap = {}, global: JsonMap = {}): string {
    const scene = this.sceneWith(sample, global);
    const { text } = printTrees([this.resource.node], scene);
    expect(text).toBe(printYaml(this.jsonIn(scene)));
    return withoutHead(text);
  }

  /** The object as Kubernetes gets it under these values. */
  public json(sample: JsonMap = {}, global: JsonMap = {}): JsonMap {
    return this.jsonIn(this.sceneWith(sample, global));
  }

  private jsonIn(scene: Scene): JsonMap {
    return renderTier(this.tier, scene)[0]?.json ?? {};
  }

  private sceneWith(sample: JsonMap, global: JsonMap): Scene {
    const overlay: JsonMap = { sample, global };
    this.overlays.push(overlay);
    const values = valuesOf(this.blueprint, this.tier, overlay);
    const release = distRelease(this.blueprint, environmentOf({}));
    return sceneOf(this.blueprint, this.tier, values, release);
  }
}

const HEAD = /^apiVersion: v1\nkind: Sample\nmetadata:\n(?: .*\n)+/;

function withoutHead(document: string): string {
  if (!HEAD.test(document)) throw new Error(`Not an object of this fixture:\n${document}`);
  return document.replace(HEAD, '');
}

export const print = (content: Content) => new Printed(content);

/** A text as it is written, backslashes too, without the indentation that all its lines share. */
export function yaml(text: TemplateStringsArray, ...parts: string[]): string {
  const lines = String.raw(text, ...parts)
    .replaceAll('\\`', '`')
    .replace(/^\n/, '')
    .split('\n');
  const indent = Math.min(
    ...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)),
  );
  return lines
    .map((line) => line.slice(indent))
    .join('\n')
    .replace(/ *$/, '');
}
