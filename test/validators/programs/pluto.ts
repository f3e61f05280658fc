import { relative } from 'node:path';
import { wholeVersion } from '../../cluster/programs';
import { validatorPrograms } from '../go-programs';
import { ask, type Validator } from '../validator';

interface Found {
  readonly name: string;
  readonly filePath: string;
  readonly deprecated: boolean;
  readonly removed: boolean;
  readonly api: { readonly version: string; readonly kind: string; readonly 'removed-in': string };
}

/** APIs that the newest Kubernetes has no more, or will not have for long. */
export function pluto(): Validator {
  const program = validatorPrograms.find('pluto');
  return {
    name: 'pluto',
    missing: program === undefined ? 'no pluto' : undefined,
    version: validatorPrograms.version('pluto'),
    planted: ['removed'],
    run: (scene) => {
      const target = `k8s=v${wholeVersion('1.37')}`;
      const findings = scene.objects.flatMap((folder) => {
        const args = ['detect-files', '--directory', folder, '-o', 'json', '-t', target];
        const { stdout } = ask(program ?? '', args, { cwd: scene.folder, found: [2, 3, 4] });
        const { items = [] } = JSON.parse(stdout) as { items?: readonly Found[] };
        return items.map(({ name, filePath, removed, api }) => ({
          file: relative(scene.folder, filePath),
          rule: removed ? 'removed' : 'deprecated',
          object: `${api.kind}/${name}`,
          message: `${api.version} is gone in ${api['removed-in']}`,
        }));
      });
      return { files: scene.files(scene.sources, /\.yaml$/).length, findings };
    },
  };
}
