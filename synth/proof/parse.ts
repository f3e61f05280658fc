import { parseAllDocuments, type ScalarTag, type Tags } from 'yaml';

/** YAML as data, an integer as bigint: so that 1e+06 and 1000000 are told apart. */
export type Parsed =
  null | string | number | bigint | boolean | Parsed[] | { [key: string]: Parsed };

/**
 * Numbers as Go's YAML parsers read them. This package's YAML 1.1 also takes "e-3" and "." for
 * numbers, as the letter of that standard has it; nothing that reads Kubernetes manifests does. What
 * is too large for a float64, such as 1e3017, is a text to them.
 */
const float: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  identify: (value) => typeof value === 'number',
  test: /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/,
  resolve: (text) => (Number.isFinite(Number(text)) ? Number(text) : text),
};

/** What 64 bits hold: an integer such as 0x1F or 0b11 that needs more is a text, too. */
const [LEAST, MOST] = [-(2n ** 63n), 2n ** 64n - 1n];
const integer: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  identify: (value) => typeof value === 'bigint',
  test: /^[-+]?0(?:x_*[0-9a-fA-F][0-9a-fA-F_]*|b_*[01][01_]*)$/,
  resolve: (text) => {
    const size = BigInt(text.replace(/^[-+]/, '').replaceAll('_', ''));
    const value = text.startsWith('-') ? -size : size;
    return LEAST <= value && value <= MOST ? value : text;
  },
};
const OWN = [float, integer];

/** Texts by which a tag is known to be one that the own ones replace. */
const REPLACED = ['.5', '1e5', '0x1', '0b1'];

const customTags = (tags: Tags): Tags => [
  ...tags.filter(
    (tag) =>
      typeof tag !== 'object' ||
      !OWN.some((own) => own.tag === tag.tag) ||
      !REPLACED.some((text) => tag.test?.test(text) === true),
  ),
  ...OWN,
];

/** The documents of a rendering, empty ones left out. @throws Error on YAML that does not parse. */
export function parseManifests(text: string): Record<string, Parsed>[] {
  const options = { version: '1.1', intAsBigInt: true, uniqueKeys: true, customTags } as const;
  const documents = parseAllDocuments(text, options);
  if (!Array.isArray(documents)) return [];
  return documents.flatMap((document) => {
    const [error] = [...document.errors, ...document.warnings];
    if (error !== undefined) throw new Error(error.message);
    const data = document.toJS() as Record<string, Parsed> | null;
    return data === null ? [] : [data];
  });
}
