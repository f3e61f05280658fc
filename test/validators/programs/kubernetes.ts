import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseAllDocuments } from 'yaml';

import { kubectl } from '../../../synth/proof/programs';
import { startApiServer, type RealApiServer } from '../../cluster/api-server';
import { isBuilt, wholeVersion, type KubernetesVersion } from '../../cluster/programs';
import { installed } from '../../configs/programs';
import { validatorPrograms } from '../go-programs';
import { SCHEMA_PATTERN, writeSchemas, type OpenApi } from '../schemas';
import type { Scene } from '../scene';
import { ask, type Finding, type Validator } from '../validator';

/* A real API server that is asked what it would say, and the schemas that come of its answers. */

/** Both, of one version, with one API server. */
export function ofKubernetes(version: KubernetesVersion): readonly Validator[] {
  let started: Promise<Started> | undefined;
  const server = () => (started ??= start(version));
  const stop = async () => {
    await (await started)?.server.stop();
    started = undefined;
  };
  const canBuild = process.env['TWINCHART_BUILD'] !== 'never' && installed('go') !== undefined;
  const isThere = ([`kubernetes-${version}`, 'etcd'] as const).every(isBuilt) || canBuild;
  const missing = isThere ? undefined : `no Kubernetes ${version}`;
  const program = validatorPrograms.find('kubeconform');
  return [
    {
      name: `dry run, Kubernetes ${version}`,
      missing,
      version: wholeVersion(version),
      planted: ['refused'],
      run: async (scene) => ({
        files: yamlOf(scene).length,
        findings: refusals(scene, (await server()).server.kubeconfig),
      }),
    },
    {
      name: `kubeconform, Kubernetes ${version}`,
      missing: program === undefined ? 'no kubeconform' : missing,
      version: validatorPrograms.version('kubeconform'),
      planted: ['statusInvalid', 'statusError'],
      run: async (scene) => {
        const { schemas } = await server();
        return { files: yamlOf(scene).length, findings: violations(scene, program ?? '', schemas) };
      },
      stop,
    },
  ];
}

interface Started {
  readonly server: RealApiServer;
  /** A folder. */
  readonly schemas: string;
}

/** The schemas are asked for at once: connections get old while other programs run. */
async function start(version: KubernetesVersion): Promise<Started> {
  const server = await startApiServer(version);
  const { body } = await server.ask('GET', '/openapi/v2');
  const schemas = server.processes.file('schemas');
  writeSchemas(body as unknown as OpenApi, schemas);
  return { server, schemas };
}

const yamlOf = (scene: Scene) => scene.files(scene.sources, /\.yaml$/);

/** What the server says to a strict dry run; namespaces and accounts must be there before. */
function refusals(scene: Scene, kubeconfig: string): readonly Finding[] {
  const apply = (...args: string[]) =>
    ask(kubectl().path, ['--kubeconfig', kubeconfig, 'apply', '--server-side', ...args], {
      cwd: scene.folder,
    });
  return scene.objects.flatMap((folder) => {
    const base = join(scene.charts, `${folder.replaceAll('/', '-')}-base.json`);
    writeBase(scene, folder, base);
    apply('--force-conflicts', '--filename', base);
    const flags = ['--dry-run=server', '--validate=strict', '--force-conflicts'];
    const { stdout, stderr } = apply(...flags, '--filename', folder);
    if (stdout === '' && stderr === '') throw new Error(`kubectl has read nothing of ${folder}.`);
    // Warnings too.
    const lines = stderr.split('\n').filter((line) => line.trim() !== '');
    return lines.map((message) => {
      const [, kind, name] = /(\w+)[. \w]*"([^"]+)" is invalid/.exec(message) ?? [];
      const object = kind === undefined ? folder : `${kind}/${name ?? ''}`;
      return { file: `${folder}/`, rule: 'refused', object, message };
    });
  });
}

function writeBase(scene: Scene, folder: string, path: string): void {
  const documents = scene
    .files([folder], /\.yaml$/)
    .flatMap((file) => parseAllDocuments(readFileSync(join(scene.folder, file), 'utf8')))
    .map((document) => document.toJS() as Based | null);
  const of = (kind: string) => documents.filter((one) => one?.kind === kind);
  const namespaces = of('Namespace');
  // A controller, which does not run here, makes that of a namespace.
  const defaults = namespaces.map((one) => ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'default', namespace: one?.metadata.name },
  }));
  const items = [...namespaces, ...defaults, ...of('ServiceAccount')];
  writeFileSync(path, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
}

interface Based {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

interface Validated {
  readonly resources: readonly {
    readonly filename: string;
    readonly kind: string;
    readonly name: string;
    readonly status: string;
    readonly msg: string;
  }[];
  readonly summary: { readonly valid: number; readonly skipped: number };
}

function violations(scene: Scene, program: string, schemas: string): readonly Finding[] {
  const location = `${schemas}/${SCHEMA_PATTERN}`;
  const flags = ['-strict', '-summary', '-output', 'json', '-schema-location', location];
  const { stdout } = ask(program, [...flags, ...scene.objects], { cwd: scene.folder });
  const { resources, summary } = JSON.parse(stdout) as Validated;
  if (summary.valid === 0 || summary.skipped > 0) throw new Error(JSON.stringify(summary));
  return resources.map(({ filename, kind, name, status, msg }) => ({
    file: relative('.', filename),
    rule: status,
    object: `${kind}/${name}`,
    message: msg,
  }));
}
