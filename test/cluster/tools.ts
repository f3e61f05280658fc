import { join } from 'node:path';
import { helm3, helm4, kubectl, type Program } from '../../synth/proof/programs';
import { kubectl as inCluster, run, type Ended } from './kube';
import { CHART, RELEASE } from './releases';

/** One tier of prod alone, in a namespace that is there. */
export interface Place {
  readonly tier: string;
  readonly namespace: string;
}

/** A way to bring the platform to a cluster. */
export interface Tool {
  /** Such as "Helm 3". */
  readonly name: string;
  /** Each field has an owner, with whom others conflict. */
  readonly isServerSide: boolean;
  readonly bring: (place: Place, values: readonly string[], flags?: string[]) => Promise<Ended>;
}

/** An empty namespace for it. */
export async function clear({ namespace }: Place): Promise<void> {
  const { code, stderr } = await inCluster('create', 'namespace', namespace);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
}

function given({ tier, namespace }: Place, values: readonly string[]): string[] {
  const chart = join(CHART, 'charts', tier);
  const where = [`global.namespaces.${tier}=${namespace}`, 'global.namespaces.create=false'];
  const set = [...where, ...values].flatMap((value) => ['--set', value]);
  const all = ['-f', join(chart, 'values-prod.yaml'), ...set, '--namespace', namespace];
  return [RELEASE, chart, ...all];
}

const release = (helm: Program): Tool => ({
  name: `Helm ${helm.version.split('.')[0] ?? ''}`,
  isServerSide: helm.name === 'helm4',
  bring: (place, values, flags = []) =>
    run(helm.path, ['upgrade', '--install', ...given(place, values), ...flags]),
});

const apply = (name: string, ...how: string[]): Tool => ({
  name,
  isServerSide: how.length > 0,
  bring: async (place, values, flags = []) => {
    const rendered = await run(helm4().path, ['template', ...given(place, values)]);
    if (rendered.code !== 0) return rendered;
    return run(kubectl().path, ['apply', ...how, ...flags, '-f', '-'], rendered.stdout);
  },
});

export const TOOLS: readonly Tool[] = [
  release(helm3()),
  release(helm4()),
  apply('kubectl, server-side', '--server-side'),
  apply('kubectl, client-side'),
];
