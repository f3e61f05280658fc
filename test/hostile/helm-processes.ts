import { join } from 'node:path';
import { HelmProcess, type HelmProcesses } from '../../synth/proof/helm-process';
import { goPrograms } from '../go-programs';

/** Helm 3 and Helm 4 as their own packages, of the versions that the programs have. */
export const helmPackages = goPrograms(join(__dirname, 'go'), { helm3: '.', helm4: '.' });

/** @throws Error where they cannot be built. */
export function helmProcesses(): HelmProcesses {
  const start = (name: 'helm3' | 'helm4'): HelmProcess => {
    const path = helmPackages.find(name);
    if (path === undefined) throw new Error(`There is no ${name}.`);
    return new HelmProcess(path);
  };
  const [helm3, helm4] = [start('helm3'), start('helm4')];
  return { helms: [helm3, helm4], reader: helm4 };
}
