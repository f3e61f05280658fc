import { structuredPatch } from 'diff';
import type { Json } from '../../synth/node';
import { printYaml } from '../../synth/print/plain-yaml';
import { printScalar } from '../../synth/print/scalar';
import type { Parsed } from '../../synth/proof/parse';
import { shownPart } from '../where/line';
import type { Change, Part } from './changes';
import type { Compared } from './compare';

const SIGNS = { appears: '+', disappears: '-', changes: '~', stays: ' ' };
/** Texts that are longer stand below each other. */
const SHORT = 60;

/** What differs, for people; the last line counts. */
export function report(objects: readonly Compared[], title: string): string {
  const different = objects.filter(({ fate }) => fate !== 'stays');
  return [...different.flatMap(linesOf), summary(objects, title), ''].join('\n');
}

function linesOf({ identity, fate, changes, refusals }: Compared): string[] {
  return [
    `${SIGNS[fate]} ${shownIdentity(identity)}`,
    ...changes.flatMap(linesOfChange),
    ...refusals.map((refusal) => `  ! ${refusal}`),
  ];
}

/** `StatefulSet platform-data/mongodb` */
export function shownIdentity(identity: string): string {
  const [kind = '', namespace = '', ...name] = identity.split('/');
  return `${kind.split('.')[0] ?? ''} ${namespace === '' ? '' : `${namespace}/`}${name.join('/')}`;
}

function summary(objects: readonly Compared[], title: string): string {
  const count = (fate: Compared['fate']) => objects.filter((one) => one.fate === fate).length;
  const refused = objects.filter(({ refusals }) => refusals.length > 0).length;
  const counts = [
    `${String(count('appears'))} new`,
    `${String(count('changes'))} changed`,
    `${String(count('disappears'))} gone`,
    `${String(count('stays'))} the same`,
  ];
  const warning = refused === 0 ? '' : `; the cluster will refuse ${String(refused)}`;
  return `${title}: ${counts.join(', ')}${warning}.`;
}

function linesOfChange(change: Change): string[] {
  const path = shownPath(change.path);
  switch (change.kind) {
    case 'changed':
      return changed(path, change.before, change.after);
    case 'added':
      return whole('+', path, change.after);
    case 'removed':
      return whole('-', path, change.before);
    case 'moved':
      return [`    ${path}: order ${change.before.join(', ')} -> ${change.after.join(', ')}`];
  }
}

export function shownPath(path: readonly Part[]): string {
  const parts = path.map((part) => (typeof part === 'object' ? `[${part.item}]` : shownPart(part)));
  return parts.join('').replace(/^\./, '');
}

function changed(path: string, before: Parsed, after: Parsed): string[] {
  const isText = typeof before === 'string' && typeof after === 'string';
  if (isText && [before, after].some((text) => text.includes('\n'))) {
    return [`    ${path}:`, ...lineDiff(before, after).map((line) => `      ${line}`)];
  }
  const [old, now] = [inLine(before), inLine(after)];
  if (old !== undefined && now !== undefined && old.length + now.length <= 2 * SHORT) {
    return [`    ${path}: ${old} -> ${now}`];
  }
  return [...whole('-', path, before), ...whole('+', path, after)];
}

/** Something that is there in one version only. */
function whole(sign: string, path: string, data: Parsed): string[] {
  const text = inLine(data);
  if (text !== undefined) return [`  ${sign} ${path}: ${text}`];
  const [, ...lines] = printYaml({ it: jsonOf(data) })
    .trimEnd()
    .split('\n');
  return [`  ${sign} ${path}:`, ...lines.map((line) => `  ${sign} ${line}`)];
}

/** Data that fits on a line. */
function inLine(data: Parsed): string | undefined {
  if (typeof data === 'string') return data.includes('\n') ? undefined : printScalar(data);
  if (typeof data !== 'object' || data === null) return String(data);
  if (Object.keys(data).length > 0) return undefined;
  return Array.isArray(data) ? '[]' : '{}';
}

function lineDiff(before: string, after: string): string[] {
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: 2 });
  return hunks.flatMap(({ lines }, index) => (index === 0 ? lines : ['...', ...lines]));
}

export function jsonOf(data: Parsed): Json {
  if (Array.isArray(data)) return data.map(jsonOf);
  if (typeof data === 'bigint') return Number(data);
  if (typeof data !== 'object') return data;
  return Object.fromEntries(Object.entries(data ?? {}).map(([key, value]) => [key, jsonOf(value)]));
}
