import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gpuNodePool } from '../constructs';
import { MIG_SOURCE } from '../constructs/gpu-node-pool/gpus';
import {
  MODES,
  PROVIDERS,
  type Mode,
  type Provider,
  type Sharing,
} from '../constructs/gpu-node-pool/options';
import { providers } from '../constructs/gpu-node-pool/providers';
import { code, table } from '../synth/docs/page';

/* Writes docs/gpu.md; a test fails while the page says something else than the pools. */

const INTRODUCTION = `\
What a pod gets that asks for one GPU of a pool, by provider and by how the GPUs are shared. The pools
of this page have two NVIDIA A100 of 40 GB; MIG cuts each into seven parts 1g.5gb, time-slicing and MPS
share each between four pods. What is not supported is refused at synth.`;

const NOTES = `\
The plugin is NVIDIA's device plugin, which tells Kubernetes of the GPUs. Where it is ours, the tier
\`cluster\` installs it on the nodes of the pool, configured as they share their GPUs; with it come the
daemon through which pods share by MPS, and the DCGM exporter, which measures the GPUs. An environment
has them by \`cluster: { gpuAgents: true, ...pool.agents }\`, and the overlay of a cloud puts the
\`agents\` of its own pool over that. The plugin finds the parts of MIG that whoever runs the nodes has
cut; how many parts a profile gives is written in
<${MIG_SOURCE}>.

Where the plugin comes with the nodes, \`pool.agents\` keeps ours off, and the DCGM exporter too, since
such nodes show GPUs to containers in other ways. Google measures them itself, where asked:
<https://cloud.google.com/stackdriver/docs/managed-prometheus/exporters/nvidia-dcgm>.`;

const SHARINGS: Readonly<Record<Mode, Sharing>> = {
  whole: { mode: 'whole' },
  'time-slicing': { mode: 'time-slicing', replicas: 4 },
  mps: { mode: 'mps', replicas: 4 },
  mig: { mode: 'mig', profile: '1g.5gb' },
};

/** The page of all providers and ways of sharing. */
export const gpuPage = (): string =>
  [
    '<!-- Made by scripts/gpu-page.ts; edits are lost. -->',
    '# GPUs',
    INTRODUCTION,
    table(
      ['provider', 'sharing', 'resource', 'of it', 'labels of the nodes'],
      PROVIDERS.flatMap((provider) => MODES.map((mode) => row(provider, mode))),
    ),
    ...PROVIDERS.flatMap(aboutProvider),
    '## Plugin',
    NOTES,
  ].join('\n\n') + '\n';

function row(provider: Provider, mode: Mode): string[] {
  const { title, modes } = providers[provider];
  if (!(mode in modes)) return [title, mode, 'not supported', '', ''];
  const pool = poolOf(provider, mode);
  const labels = pool.labels.map(([key, value]) => code(`${key}=${value}`)).join(', ');
  return [title, mode, code(pool.resource), String(pool.size), labels];
}

const poolOf = (provider: Provider, mode: Mode) =>
  gpuNodePool({ provider, gpu: 'nvidia-a100-40gb', sharing: SHARINGS[mode], gpus: 2 });

function aboutProvider(provider: Provider): string[] {
  const { title, taint, spot, bringsPlugin, runtimeClass, sources, modes } = providers[provider];
  const tolerations = poolOf(provider, 'whole').tolerations.map((one) => code(JSON.stringify(one)));
  const facts: [string, string][] = [
    ['taint', code(taint)],
    ['tolerations', tolerations.join(', ')],
    ['spot', spot ? spot.labels.map((one) => code(one.join('='))).join(', ') : 'none'],
    ['runtime class', runtimeClass === undefined ? 'that of the nodes' : code(runtimeClass)],
    ['plugin', bringsPlugin ? 'comes with the nodes' : 'ours, in the tier cluster'],
    ['sources', sources.map(link).join(', ')],
    ...MODES.flatMap((mode): [string, string][] => {
      const facts = modes[mode];
      return facts ? [[`source of ${mode}`, facts.sources.map(link).join(', ')]] : [];
    }),
  ];
  return [`## ${title}`, table(['what', 'is'], facts)];
}

const link = (url: string) => `<${url}>`;

if (require.main === module) writeFileSync(join(__dirname, '../docs/gpu.md'), gpuPage());
