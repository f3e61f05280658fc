import type { Box, Diagram, Drawn } from './browser';

/* What is wrong with a diagram for people who look at it. */

/** Pixels that rounding may take. */
const SLACK = 1;

const isInside = (inner: Box, outer: Box) =>
  inner.left >= outer.left - SLACK &&
  inner.top >= outer.top - SLACK &&
  inner.right <= outer.right + SLACK &&
  inner.bottom <= outer.bottom + SLACK;

const overlaps = (one: Box, other: Box) =>
  one.left < other.right - SLACK &&
  other.left < one.right - SLACK &&
  one.top < other.bottom - SLACK &&
  other.top < one.bottom - SLACK;

/** Lines and their ends are drawn in many ways. */
const bare = (text: string) => text.replaceAll(/\s|<br\s*\/?>/g, '');

/** The texts in quotes, as people are to see them. */
export const quotedTexts = (source: string): string[] =>
  [...source.replaceAll(/^%%.*$/gm, '').matchAll(/"([^"]*)"/g)].map(([, text = '']) =>
    bare(text).replaceAll(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code))),
  );

export function findings(source: string, diagram: Diagram): string[] {
  const { size, nodes, groups, arrows } = diagram;
  if (size.right - size.left < 10 || size.bottom - size.top < 10) return ['is empty'];
  const all = [...nodes, ...groups, ...arrows];
  return [
    ...missing(source, diagram),
    ...all.flatMap((one) => clipped(one, size)),
    ...nodes.filter((one) => !isInside(one.label, one.form)).map(says('reaches out of its box')),
    ...pairs(nodes, ({ form }) => form),
    ...pairs(arrows, ({ label }) => label),
    ...arrows.flatMap((arrow) => covered(arrow, nodes)),
    ...groups.flatMap((group) => covered(group, nodes)),
    ...pairs(
      groups.filter(
        (one) => !groups.some((other) => one !== other && isInside(one.form, other.form)),
      ),
      ({ form }) => form,
    ),
  ];
}

/** Texts that are to be there and are not, by our own reading and by that of Mermaid. */
function missing(source: string, { vertices, nodes, groups, arrows }: Diagram): string[] {
  const drawn = new Set([...nodes, ...groups, ...arrows].map(({ text }) => bare(text)));
  const texts = quotedTexts(source).filter((text) => text !== '' && !drawn.has(text));
  // An arrow can lead to a group; Mermaid counts it among the nodes then.
  const isDrawn = (id: string) =>
    [...nodes, ...groups].some((one) => one.id.split('-').includes(id));
  const absent = vertices.filter(({ id }) => !isDrawn(id));
  return [
    ...texts.map((text) => `does not show ${text}`),
    ...absent.map(({ id }) => `has no node ${id}`),
  ];
}

const says = (what: string) => (one: Drawn) => `${one.text} ${what}`;

const clipped = (one: Drawn, size: Box) =>
  isInside(one.label, one.window) && isInside(one.label, size) ? [] : [says('is clipped')(one)];

/** The text of something that lies on a node. */
const covered = (one: Drawn, nodes: readonly Drawn[]) =>
  nodes
    .filter(({ form }) => overlaps(one.label, form))
    .map((node) => `${one.text} lies on ${node.text}`);

const pairs = (all: readonly Drawn[], boxOf: (one: Drawn) => Box) =>
  all.flatMap((one, index) =>
    all
      .slice(index + 1)
      .filter((other) => overlaps(boxOf(one), boxOf(other)))
      .map((other) => `${one.text} overlaps ${other.text}`),
  );
