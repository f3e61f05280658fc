import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/*
 * errors/*.ts are wrong programs. Above each wrong line stands what the compiler says of it:
 *
 *     // TS2345: The first line of the message.
 *     // … The last line of it, where it has several.
 */

const FOLDER = join(__dirname, 'errors');
const names = readdirSync(FOLDER).filter((name) => name.endsWith('.ts'));
const found = compile(names.map((name) => join(FOLDER, name)));

test.each(names)('the compiler says of errors/%s what is written there', (name) => {
  expect(found.get(name) ?? []).toEqual(expectations(readFileSync(join(FOLDER, name), 'utf8')));
});

test('an expectation is about the next line of code, and may be as long as it likes', () => {
  const source = '// TS1: A\n// b.\n// … C\nconst x = 1;\n  // TS2: D\n// TS3: E\n\n  // f\n  y;\n';
  expect(expectations(source)).toEqual(['4: TS1: A b. … C', '9: TS2: D', '9: TS3: E']);
});

/** Line and text of what is expected, as `describe` writes what was found. */
function expectations(source: string): string[] {
  const lines = source.split('\n');
  return lines.flatMap((line, index) => {
    if (!/^ *\/\/ TS\d+: /.test(line)) return [];
    const rest = lines.slice(index + 1);
    const end = rest.findIndex((other) => !/^ *\/\/ (?!TS\d)/.test(other));
    const text = [line, ...rest.slice(0, end)].map((one) => one.replace(/^ *\/\/ */, '')).join(' ');
    const code = lines.findIndex((other, at) => at > index && !/^ *(?:\/\/.*)?$/.test(other));
    return [`${String(code + 1)}: ${text}`];
  });
}

/** All errors by file, one program for all files. */
function compile(files: readonly string[]): Map<string, string[]> {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(__dirname, '../../tsconfig.json'),
    { noEmit: true, declaration: false },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fail },
  );
  const program = ts.createProgram(files, config?.options ?? {});
  return new Map(
    files.map((file, index) => {
      const source = program.getSourceFile(file);
      const errors = program.getSemanticDiagnostics(source);
      return [names[index] ?? '', errors.map(describe).sort(byLine)];
    }),
  );
}

function fail({ messageText }: ts.Diagnostic): never {
  throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'));
}

function describe({ code, file, start = 0, messageText }: ts.Diagnostic): string {
  const [first = '', ...rest] = ts.flattenDiagnosticMessageText(messageText, '\n').split('\n');
  const last = rest.at(-1)?.trim();
  const line = (file?.getLineAndCharacterOfPosition(start).line ?? 0) + 1;
  return `${String(line)}: TS${String(code)}: ${first}${last === undefined ? '' : ` … ${last}`}`;
}

function byLine(one: string, other: string): number {
  return parseInt(one) - parseInt(other);
}
