import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const SNIPPETS = ['lint.ts', 'lint-constructs.ts'].map((name) =>
  join(ROOT, 'test/types/errors', name),
);

test('the lint preset finds the uses of a Value that the compiler lets through, and no others', () => {
  const found = lint().map((messages) =>
    messages.map(({ line, ruleId }) => `${String(line)}: ${ruleId}`).sort(),
  );
  const expected = SNIPPETS.map((path) => expectations(readFileSync(path, 'utf8')).sort());
  expect(found).toEqual(expected);
});

interface Message {
  readonly line: number;
  readonly ruleId: string;
}

/** Above a line of code stand the rules that report it. */
function expectations(source: string): string[] {
  const lines = source.split('\n');
  return lines.flatMap((line, index) => {
    const rules = /^\/\/ ([a-z, -]+)$/.exec(line)?.[1]?.split(', ') ?? [];
    return rules.map((rule) => `${String(index + 2)}: @typescript-eslint/${rule}`);
  });
}

/** What is found in each file. ESLint's configuration is made of ES modules, which jest cannot import. */
function lint(): Message[][] {
  const program = `
    import { ESLint } from 'eslint';
    import tseslint from 'typescript-eslint';
    import { valueRules } from './lint-preset.mjs';
    const projectService = {
      allowDefaultProject: ['test/types/errors/*.ts'],
      defaultProject: 'tsconfig.json',
    };
    const eslint = new ESLint({
      overrideConfigFile: true,
      overrideConfig: [
        {
          files: ['**/*.ts'],
          plugins: { '@typescript-eslint': tseslint.plugin },
          languageOptions: { parser: tseslint.parser, parserOptions: { projectService } },
        },
        valueRules,
      ],
    });
    const files = ${JSON.stringify(SNIPPETS)};
    const results = await eslint.lintFiles(files);
    const messages = files.map((file) => results.find((one) => one.filePath === file).messages);
    process.stdout.write(JSON.stringify(messages));`;
  const args = ['--input-type=module', '--eval', program];
  const output = execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  return JSON.parse(output) as Message[][];
}
