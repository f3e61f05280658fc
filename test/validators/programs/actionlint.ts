import { validatorPrograms } from '../go-programs';
import { isPlanted } from '../scene';
import { ask, type Validator } from '../validator';

interface Complaint {
  readonly filepath: string;
  readonly kind: string;
  readonly line: number;
  readonly message: string;
}

export function actionlint(): Validator {
  const program = validatorPrograms.find('actionlint');
  return {
    name: 'actionlint',
    missing: program === undefined ? 'no actionlint' : undefined,
    version: validatorPrograms.version('actionlint'),
    planted: ['runner-label', 'expression'],
    run: (scene) => {
      const files = scene.files(['.github/workflows', 'planted/.github/workflows']);
      // Whether there is a shellcheck does not depend on the machine: there is none.
      const flags = ['-shellcheck=', '-pyflakes=', '-format', '{{json .}}'];
      const { stdout } = ask(program ?? '', [...flags, ...files], { cwd: scene.folder });
      const complaints = JSON.parse(stdout) as readonly Complaint[];
      return {
        files: files.filter((file) => !isPlanted(file)).length,
        findings: complaints.map(({ filepath, kind, line, message }) => ({
          file: filepath,
          rule: kind,
          object: filepath,
          message: `line ${String(line)}: ${message}`,
        })),
      };
    },
  };
}
