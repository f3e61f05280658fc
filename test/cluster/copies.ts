import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIST, parsed, type Written } from './kube';

/**
 * Writes tiers of an environment to a folder, with another name before the tier in all namespaces, so
 * that several copies can be in one cluster. `change` gets its objects.
 */
export function copy(
  folder: string,
  environment: 'dev' | 'staging',
  options: {
    /** Such as 04-network. */
    readonly tiers: readonly string[];
    readonly prefix: string;
    readonly change?: (objects: Written[]) => void;
  },
): void {
  mkdirSync(folder, { recursive: true });
  const objects = options.tiers.flatMap((tier) => {
    const text = readFileSync(join(DIST, environment, `${tier}.k8s.yaml`), 'utf8');
    return parsed(text.replaceAll(`platform-${environment}-`, `${options.prefix}-`));
  });
  options.change?.(objects);
  const documents = objects.map((object) => JSON.stringify(object));
  writeFileSync(join(folder, 'objects.yaml'), documents.join('\n---\n'));
}
