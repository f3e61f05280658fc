/** @typedef {{ name: string, labels: Record<string, string>, value: number }} Sample */

const HELP = /^# HELP ([a-zA-Z_:][\w:]*) (.*)$/;
const TYPE = /^# TYPE ([a-zA-Z_:][\w:]*) (counter|gauge|histogram|summary|untyped)$/;
const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (NaN|[+-]Inf|[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/;
const LABEL = /^([a-zA-Z_]\w*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/;
const SUFFIXES = { histogram: ['_bucket', '_sum', '_count'], summary: ['', '_sum', '_count'] };

/**
 * Reads Prometheus' text format, and throws at whatever it does not allow.
 * @param {string} text
 * @returns {Map<string, Sample[]>} by family
 */
export function parse(text) {
  const families = new Map();
  const seen = new Set();
  let family = '';
  let type = '';
  let helped = '';
  check(text.endsWith('\n'), 'The last line does not end.');
  for (const line of text.slice(0, -1).split('\n')) {
    if (line === '') continue;
    const [, help] = HELP.exec(line) ?? [];
    const [, typed, kind = ''] = TYPE.exec(line) ?? [];
    if (help !== undefined) {
      helped = help;
    } else if (typed !== undefined) {
      check(typed === helped, `${typed} has no help.`);
      check(!families.has(typed), `${typed} comes twice.`);
      [family, type] = [typed, kind];
      families.set(family, []);
    } else {
      const sample = readSample(line);
      const suffixes = type === 'histogram' || type === 'summary' ? SUFFIXES[type] : [''];
      check(
        suffixes.some((suffix) => sample.name === family + suffix),
        `${sample.name} is not below its type.`,
      );
      const key = sample.name + JSON.stringify(Object.entries(sample.labels).sort());
      check(!seen.has(key), `${key} comes twice.`);
      seen.add(key);
      families.get(family).push(sample);
    }
  }
  for (const [name, samples] of families) checkBuckets(name, samples);
  return families;
}

/** @param {string} line @returns {Sample} */
function readSample(line) {
  const [, name = '', list = '', value = ''] = SAMPLE.exec(line) ?? [];
  check(name !== '', `Not a sample: ${line}`);
  /** @type {Record<string, string>} */
  const labels = {};
  for (let rest = list; rest !== '';) {
    const [all = '', label = '', text = ''] = LABEL.exec(rest) ?? [];
    check(all !== '' && !(label in labels), `Not labels: ${rest}`);
    labels[label] = text;
    rest = rest.slice(all.length);
  }
  return { name, labels, value: Number(value.replace('Inf', 'Infinity')) };
}

/** Buckets grow, and the last one holds all. @param {string} name @param {Sample[]} samples */
function checkBuckets(name, samples) {
  for (const { labels, value } of samples.filter((sample) => sample.name === `${name}_count`)) {
    const buckets = samples.filter(
      (sample) =>
        sample.name === `${name}_bucket` &&
        Object.entries(labels).every(([label, text]) => sample.labels[label] === text),
    );
    const counts = buckets.map((bucket) => bucket.value);
    check(
      counts.every((count, index) => index === 0 || count >= Number(counts[index - 1])),
      `The buckets of ${name} shrink.`,
    );
    const last = buckets.at(-1);
    if (last === undefined) continue;
    check(last.labels['le'] === '+Inf' && last.value === value, `${name} has no full bucket.`);
  }
}

/** @param {boolean} holds @param {string} message */
function check(holds, message) {
  if (!holds) throw new Error(message);
}
