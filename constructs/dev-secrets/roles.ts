import { Construct } from 'constructs';
import { Manifest, When, type Val } from '../../synth';
import type { PlatformTier } from '../globals';
import type { Job } from '../job';
import { labelsOf } from '../labels';

export interface SecretRolesOptions {
  readonly job: Job;
  /** Secrets of the tier's namespace that the Job may read. */
  readonly secrets: readonly Val<string>[];
}

/**
 * Lets the Job read these Secrets and make new ones. RBAC cannot restrict creating by name, so in
 * this namespace the Job can make any Secret; it can change and delete none.
 */
export class SecretRoles extends Construct {
  public constructor(tier: PlatformTier, id: string, { job, secrets }: SecretRolesOptions) {
    super(new When(tier, `${id}-switch`, tier.global.secrets.generate), id);
    const name = `${job.name}-for-${tier.options.name}`;
    const metadata = { name, labels: labelsOf(tier).common };
    new Manifest(this, 'role', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata,
      rules: [
        { apiGroups: [''], resources: ['secrets'], verbs: ['get'], resourceNames: [...secrets] },
        { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
      ],
    });
    new Manifest(this, 'role-binding', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name: job.name, namespace: job.tier.ownNamespace }],
    });
  }
}
