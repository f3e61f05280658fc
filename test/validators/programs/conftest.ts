import { join } from 'node:path';
import { validatorPrograms } from '../go-programs';
import { ask, type Finding, type Validator } from '../validator';

const POLICIES = join(__dirname, '../policies');

interface Tested {
  readonly successes: number;
  readonly failures?: readonly {
    readonly msg: string;
    readonly metadata: { readonly rule: string; readonly object: string };
  }[];
}

/** What the policies deny in a folder of objects. */
export function denied(program: string, folder: string): readonly Finding[] {
  const args = ['test', '--combine', '--policy', POLICIES, '--output', 'json', folder];
  const tested = JSON.parse(ask(program, args).stdout) as readonly Tested[];
  return tested.flatMap(({ failures = [] }) =>
    failures.map(({ msg, metadata: { rule, object } }) => ({
      file: folder,
      rule,
      object,
      message: msg,
    })),
  );
}

export function conftest(): Validator {
  const program = validatorPrograms.find('conftest');
  return {
    name: 'conftest',
    missing: program === undefined ? 'no conftest' : undefined,
    version: validatorPrograms.version('conftest'),
    planted: ['image-tag', 'privileged', 'default-deny'],
    run: (scene) => ({
      files: scene.files(scene.sources, /\.yaml$/).length,
      findings: scene.objects.flatMap((folder) =>
        denied(program ?? '', join(scene.folder, folder)).map((one) => ({
          ...one,
          file: `${folder}/`,
        })),
      ),
    }),
  };
}
