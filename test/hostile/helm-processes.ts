import { join } from 'node:path';
import { HelmProcess, type HelmProcesses } from '../../synth/proof/helm-process';
import { goPrograms } from '../go-programs';

const programs = goPrograms(join(__dirname, 'go'), { helm3: '.', helm4: '.' });

/** Helm 3 and Helm 4 as their own packages, of the versions that the programs have. */
export function helmProcesses(): HelmProcesses {
  const [helm3, helm4] = (['helm3', 'helm4'] as const).map((name) => {
    programs.build(name);
    const path = programs.find(name);
    if (path === undefined) throw new Error(`There is no ${name}.`);
    return new HelmProcess(path);
  });
  if (helm3 === undefined || helm4 === undefined) throw new Error('There is no Helm.');
  return { helms: [helm3, helm4], reader: helm4 };
}
