import { join, resolve } from 'node:path';
import { helm3, helm4 } from '../../../synth/proof/programs';
import { ask, type Finding, type Validator } from '../validator';

const ROOT = resolve(__dirname, '../../..');

/** Both Helms, with all overlays. */
export function helmLint(): Validator {
  return {
    name: 'helm lint --strict',
    missing: undefined,
    version: `${helm3().version}, ${helm4().version}`,
    planted: ['helm'],
    run: (scene) => {
      const lint = (chart: string, file: string): { files: number; findings: Finding[] } => {
        const args = ['--require', './register', 'scripts/helm-lint.ts', join(scene.charts, chart)];
        const { stdout, stderr } = ask(process.execPath, args, { cwd: ROOT });
        const runs = Number(/of (\d+) runs/.exec(stdout)?.[1]);
        if (!(runs > 0)) throw new Error(`helm lint has not run: ${stdout}`);
        const complaints = stderr.split('\n').filter((line) => line.includes('[ERROR]'));
        const findings = complaints.map((message) => ({
          file,
          rule: 'helm',
          object: file,
          message,
        }));
        const isFailed = !stdout.includes(`${String(runs)} of ${String(runs)}`);
        if (isFailed && findings.length === 0) throw new Error(stderr);
        return { files: runs / 2, findings };
      };
      const { files, findings } = lint('platform', 'helm/platform');
      return { files, findings: [...findings, ...lint('planted', 'planted/chart').findings] };
    },
  };
}
