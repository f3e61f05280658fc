import { readFileSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';

/*
 * Reads what Stryker found and writes docs/mutation.md. Ends with an error when a way of breaking
 * the printer is caught by nothing and no reason for it stands in survivors.json, or when a reason
 * stands there that is no longer needed.
 */

const root = resolve(__dirname, '../..');
const read = (path: string): unknown => JSON.parse(readFileSync(resolve(root, path), 'utf8'));

interface Position {
  readonly line: number;
  readonly column: number;
}
interface Mutant {
  readonly mutatorName: string;
  readonly replacement: string;
  readonly status: string;
  readonly location: { readonly start: Position; readonly end: Position };
  readonly killedBy?: readonly string[];
}
interface Report {
  readonly files: Readonly<
    Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>
  >;
  readonly testFiles: Readonly<
    Record<string, { readonly tests: readonly { readonly id: string; readonly name: string }[] }>
  >;
}

/** Why a mutant may live, by file and by `original → replacement`. */
type Reasons = Readonly<Record<string, Readonly<Record<string, string>>>>;

const report = read('reports/mutation.json') as Report;
const reasons = read('test/proof/survivors.json') as Reasons;

const PROOF = 'the proof of the torture chart passes';
const proofTests = new Set(
  Object.values(report.testFiles)
    .flatMap(({ tests }) => tests)
    .filter(({ name }) => name === PROOF)
    .map(({ id }) => id),
);

function originalOf(source: string, { start, end }: Mutant['location']): string {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const last = lines.length - 1;
  lines[last] = (lines[last] ?? '').slice(0, end.column - 1);
  lines[0] = (lines[0] ?? '').slice(start.column - 1);
  return lines.join(' ');
}

const squeezed = (code: string) => code.replace(/\s+/g, ' ').trim();

/**
 * The mutant by its code and the code of its line, not by the line's number: a reason outlives
 * other changes, and excuses no other mutant of the same look.
 */
const nameOf = (source: string, mutant: Mutant) =>
  `${squeezed(originalOf(source, mutant.location))} → ${squeezed(mutant.replacement)} in ${squeezed(source.split('\n')[mutant.location.start.line - 1] ?? '')}`;

interface Row {
  readonly file: string;
  readonly caught: { proof: number; looks: number; lives: number };
}

const rows: Row[] = [];
const looks: string[] = [];
const lives: string[] = [];
const unexplained: string[] = [];
const used = new Set<string>();

// A run of some files appends them to what stood there.
const files = Object.entries(report.files).sort(([one], [other]) => (one < other ? -1 : 1));
for (const [path, { source, mutants }] of files) {
  const file = relative(root, resolve(root, path));
  const caught = { proof: 0, looks: 0, lives: 0 };
  for (const mutant of mutants) {
    const name = nameOf(source, mutant);
    if (mutant.status === 'Killed' || mutant.status === 'Timeout') {
      const byProof =
        mutant.status === 'Timeout' || mutant.killedBy?.some((id) => proofTests.has(id)) === true;
      caught[byProof ? 'proof' : 'looks'] += 1;
      if (!byProof) looks.push(`- ${file}: \`${name}\``);
    } else if (['Survived', 'NoCoverage', 'RuntimeError'].includes(mutant.status)) {
      caught.lives += 1;
      const reason = reasons[file]?.[name];
      used.add(`${file}: ${name}`);
      if (reason === undefined)
        unexplained.push(`${file}:${String(mutant.location.start.line)}: ${name}`);
      else lives.push(`- ${file}: \`${name}\`: ${reason}`);
    }
  }
  rows.push({ file, caught });
}

const unneeded = Object.entries(reasons).flatMap(([file, names]) =>
  Object.keys(names)
    .map((name) => `${file}: ${name}`)
    .filter((name) => !used.has(name)),
);

const total = (key: keyof Row['caught']) => rows.reduce((sum, { caught }) => sum + caught[key], 0);
const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;

writeFileSync(
  resolve(root, 'docs/mutation.md'),
  `${[
    '# Ways of breaking the printer, and what catches them',
    '',
    'Written by `npm run test:mutation`. Stryker changes one condition, operator or text of the printer at',
    'a time; then the proof of the torture chart runs, and the tests of the printer alone.',
    '',
    line(['file', 'the proof catches it', 'only its look changes', 'lives']),
    line(['---', '---', '---', '---']),
    ...rows.map(({ file, caught }) => line([file, caught.proof, caught.looks, caught.lives])),
    line(['all', total('proof'), total('looks'), total('lives')]),
    '',
    '## Only the look changes',
    '',
    'The chart renders the same: it reads worse, takes longer to make, or only dist/images.txt is another. The',
    'tests of the printer catch it.',
    '',
    ...looks,
    '',
    '## Lives',
    '',
    'Nothing catches it, for the reason given.',
    '',
    ...lives,
  ].join('\n')}\n`,
);

process.stdout.write(
  `mutation: ${String(total('proof'))} caught by the proof, ${String(total('looks'))} only change the look, ${String(total('lives'))} live, ${String(unexplained.length)} of them without a reason\n`,
);
for (const name of unexplained) process.stderr.write(`no reason: ${name}\n`);
for (const name of unneeded) process.stderr.write(`reason no longer needed: ${name}\n`);
if (unexplained.length + unneeded.length > 0) process.exitCode = 1;
