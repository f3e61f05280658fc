import { join } from 'node:path';
import { goPrograms } from '../go-programs';

export const benchPrograms = goPrograms(join(__dirname, 'go'), {
  jsonnet: 'github.com/google/go-jsonnet/cmd/jsonnet',
});
