import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { compose } from '../../main';
import { listAt, mapAt, textAt } from '../../synth/checks/json';
import { renderEnvironments } from '../../synth/dist';
import { merge, type JsonMap } from '../../synth/merge';
import type { Json } from '../../synth/node';

/* What programs are run with: the objects of dist/dev, or of dev under further values. */

const DEV = resolve(__dirname, '../../dist/dev');

/** A tier as it lies in dist/dev. */
export function committed(tier: string): JsonMap[] {
  const name = readdirSync(DEV).find((file) => file.endsWith(`-${tier}.k8s.yaml`));
  if (name === undefined) throw new Error(`dist/dev has no tier ${tier}.`);
  const documents = parseAllDocuments(readFileSync(join(DEV, name), 'utf8'));
  return documents.map((document) => document.toJS() as JsonMap);
}

/** A tier of dev under further values, with what only the chart has. */
export function rendered(tier: string, more: JsonMap = {}): JsonMap[] {
  const blueprint = compose().build();
  const environments = blueprint.environments
    .filter(({ name }) => name === 'dev')
    .map((dev) => ({ ...dev, values: merge(dev.values, more) as typeof dev.values }));
  const [found] = renderEnvironments({ ...blueprint, environments }).filter(
    (one) => one.tier === tier,
  );
  return [...(found?.objects ?? []), ...(found?.chartOnly ?? [])].map(({ json }) => json);
}

/** The object of this kind and name. */
export function object(objects: readonly JsonMap[], kind: string, name: string): JsonMap {
  const found = objects.find(
    (one) => one['kind'] === kind && textAt(one, 'metadata', 'name') === name,
  );
  if (found === undefined) throw new Error(`There is no ${kind} ${name}.`);
  return found;
}

/**
 * A container of a Pod, Deployment or StatefulSet: command, arguments and environment.
 * @param secrets contents of Secrets that the environment reads, by "<name>/<key>".
 */
export function containerOf(
  workload: JsonMap,
  name: string,
  secrets: Readonly<Record<string, string>> = {},
) {
  const path = workload['kind'] === 'Pod' ? ['spec'] : ['spec', 'template', 'spec'];
  const found = listAt(workload, ...path, 'containers').find((one) => textAt(one, 'name') === name);
  if (found === undefined) throw new Error(`There is no container ${name}.`);
  const texts = (key: string) => listAt(found, key).map(String);
  const secret = (one: Json) => {
    const from = mapAt(one, 'valueFrom', 'secretKeyRef');
    return secrets[`${textAt(from, 'name')}/${textAt(from, 'key')}`];
  };
  const env = listAt(found, 'env').map((one) => [
    textAt(one, 'name'),
    secret(one) ?? textAt(one, 'value'),
  ]);
  return {
    command: texts('command'),
    args: texts('args'),
    env: Object.fromEntries(env) as Record<string, string>,
  };
}
