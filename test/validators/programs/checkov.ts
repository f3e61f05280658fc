import { pythonEnvironment, pythonFolder, pythonVersion } from '../python';
import { ask, type Finding, type Validator } from '../validator';

interface Report {
  readonly check_type: string;
  readonly results: {
    readonly failed_checks: readonly {
      readonly check_id: string;
      readonly check_name: string;
      readonly file_path: string;
      readonly resource: string;
    }[];
  };
  readonly summary: { readonly parsing_errors: number };
}

export function checkov(): Validator {
  const home = pythonFolder();
  return {
    name: 'checkov',
    missing: home === undefined ? 'no checkov' : undefined,
    version: pythonVersion('checkov'),
    planted: ['CKV_K8S_16', 'CKV_DOCKER_3', 'CKV2_GHA_1'],
    run: (scene) => {
      const kinds = ['--framework', 'kubernetes', 'dockerfile', 'github_actions'];
      // Offline, and at once: it takes seconds to start.
      const args = ['-m', 'checkov.main', '--directory', '.', ...kinds, '--skip-download'];
      const { stdout } = ask('python3', [...args, '--quiet', '--compact', '--output', 'json'], {
        cwd: scene.folder,
        env: pythonEnvironment(home ?? ''),
      });
      const reports = JSON.parse(stdout) as readonly Report[];
      const findings = reports.flatMap(({ check_type: type, results, summary }) => {
        if (summary.parsing_errors > 0) throw new Error(`checkov cannot read all of ${type}.`);
        return results.failed_checks.map((one): Finding => {
          const file = one.file_path.slice(1);
          const object = type === 'kubernetes' ? objectOf(one.resource) : file;
          return { file, rule: one.check_id, object, message: one.check_name };
        });
      });
      const read = ['dist', 'rendered', 'services', '.github'];
      return { files: scene.files(read, /\.ya?ml$|Dockerfile/).length, findings };
    },
  };
}

/** It says Deployment.namespace.name. */
const objectOf = (resource: string): string => {
  const parts = resource.split('.');
  return `${parts[0] ?? ''}/${parts.slice(2).join('.')}`;
};
