import { Construct } from 'constructs';
import { Manifest, When, type Val, type Value } from '../synth';
import type { PlatformTier } from './globals';
import { labelsOf, platformName } from './labels';

export interface AdmissionPolicyOptions {
  /** Whether it is there. */
  readonly when: Value<boolean>;
  /** What is looked at: resources by API group, all of them in version v1. */
  readonly resources: Readonly<Record<string, readonly string[]>>;
  /** CEL; where it does not hold, the object is not looked at. */
  readonly only?: Readonly<Record<string, string>>;
  /** CEL by name, for the rule: `variables.<name>`. */
  readonly variables?: Readonly<Record<string, string>>;
  /** CEL that holds for good objects. */
  readonly rule: string;
  /** CEL of a text: what is wrong, and what to do. */
  readonly message: string;
  /** What becomes of bad ones. */
  readonly action: Val<'Deny' | 'Warn' | 'Audit'>;
}

/**
 * A rule that the API server holds new and changed objects to, in all namespaces of the platform that
 * are in its cluster, of whatever environment: those with its label `app.kubernetes.io/part-of`.
 * Needs Kubernetes 1.30, whose API it is of.
 */
export class AdmissionPolicy extends Construct {
  public constructor(tier: PlatformTier, id: string, options: AdmissionPolicyOptions) {
    super(tier, id);
    const { resources, only = {}, variables = {}, rule, message, action } = options;
    const metadata = { name: `${tier.ownNamespace}-${id}`, labels: labelsOf(tier).common };
    const apiVersion = 'admissionregistration.k8s.io/v1';
    const made = new When(this, 'made', options.when);
    new Manifest(made, 'policy', {
      apiVersion,
      kind: 'ValidatingAdmissionPolicy',
      metadata,
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: { resourceRules: Object.entries(resources).map(rulesOf) },
        ...(Object.keys(only).length > 0 && { matchConditions: named(only) }),
        ...(Object.keys(variables).length > 0 && { variables: named(variables) }),
        validations: [{ expression: rule, messageExpression: message }],
      },
    });
    new Manifest(made, 'binding', {
      apiVersion,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata,
      spec: {
        policyName: metadata.name,
        validationActions: [action],
        matchResources: {
          namespaceSelector: { matchLabels: { 'app.kubernetes.io/part-of': platformName(tier) } },
        },
      },
    });
  }
}

const rulesOf = ([group, resources]: readonly [string, readonly string[]]) => ({
  apiGroups: [group],
  apiVersions: ['v1'],
  operations: ['CREATE', 'UPDATE'],
  resources: [...resources],
});

const named = (expressions: Readonly<Record<string, string>>) =>
  Object.entries(expressions).map(([name, expression]) => ({ name, expression }));
