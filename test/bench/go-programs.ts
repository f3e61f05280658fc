import { join } from 'node:path';
import { goPrograms } from '../go-programs';

export const benchPrograms = goPrograms(join(__dirname, 'go'), {
  jsonnet: 'github.com/google/go-jsonnet/cmd/jsonnet',
  // Newer than any that an npm package has.
  helm3: 'helm.sh/helm/v3/cmd/helm',
});
