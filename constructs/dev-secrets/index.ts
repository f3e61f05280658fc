import { z } from 'zod';
import { Late, image, imageSchema, sourceFile, type Values } from '../../synth';
import type { PlatformTier } from '../globals';
import { Job, revisionOf } from '../job';
import { toApiServer } from '../traffic';
import { SecretRoles } from './roles';
import { printList, secretsOf, type DevSecret, type StoreLogin } from './secret-list';

/** Values of the Job: any official image of Node runs it. */
export const devSecretsValues = (node: { registry: string; repository: string; tag: string }) =>
  z
    .strictObject({ image: imageSchema(node) })
    .describe('Job that makes missing Secrets where global.secrets.generate is on.');
export type DevSecretsValues = z.output<ReturnType<typeof devSecretsValues>>;

export interface DevSecretsOptions {
  readonly values: Values<DevSecretsValues>;
  readonly logins: readonly StoreLogin[];
}

/** User node of the official image. */
const NODE_USER = 1000;

/**
 * In development, makes the Secrets of a tier's stores that are missing, and copies them to the
 * namespaces of those who connect. Never touches a Secret that exists.
 */
export class DevSecrets extends Late {
  public constructor(
    private readonly tier: PlatformTier,
    id: string,
    private readonly options: DevSecretsOptions,
  ) {
    super(tier, id);
  }

  /** Late: only then all clients are known. */
  protected compose(): void {
    const { tier } = this;
    const secrets = this.options.logins.flatMap(secretsOf);
    const job = this.job(secrets);
    job.traffic.egress.push(toApiServer(tier));
    const copies = secrets.flatMap((secret) => secret.copies);
    for (const place of new Set([tier, ...copies.map((copy) => copy.tier)])) {
      const names = [...secrets, ...copies].filter((one) => one.tier === place);
      new SecretRoles(place, `${job.name}-roles`, { job, secrets: names.map(({ name }) => name) });
    }
  }

  private job(secrets: readonly DevSecret[]): Job {
    const { global, options } = this.tier;
    const { image: node } = this.options.values;
    const script = sourceFile(__dirname, 'make-secrets.mjs');
    const list = {
      // Not read by the script: what stands here is part of the name of the Job.
      revision: revisionOf(this.tier, node, script),
      secrets: printList(secrets),
    };
    return new Job(this.tier, `${options.name}-secrets`, {
      component: 'secrets',
      when: global.secrets.generate,
      revision: 'secrets.json',
      run: {
        image: image(node, global.imageRegistry),
        user: NODE_USER,
        command: ['node', '/opt/dev-secrets/make-secrets.mjs', '/etc/dev-secrets/secrets.json'],
        resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '128Mi' } },
        deadlineSeconds: 900,
        apiAccess: { reason: 'Makes Secrets through the API server.' },
      },
    })
      .config('list', '/etc/dev-secrets', { 'secrets.json': `${JSON.stringify(list, null, 2)}\n` })
      .config('script', '/opt/dev-secrets', { 'make-secrets.mjs': script });
  }
}
