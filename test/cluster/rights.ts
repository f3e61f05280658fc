import { V1SubjectAccessReview } from '@kubernetes/client-node';
import { authorization, kubectl, type Written } from './kube';

/*
 * Whether those that talk to the API server may do what they must. Simulated pods do nothing, so it is
 * asked of the API server, and what they must is read from what they are given, not from their Roles.
 */

interface Need {
  /** Namespace and name. */
  readonly account: string;
  readonly verb: string;
  readonly group?: string;
  readonly resource: string;
  readonly namespace?: string;
  readonly name?: string;
}

/** Empty when all of them may. */
export async function missingRights(all: readonly Written[]): Promise<string[]> {
  const needs = [...all.flatMap(secretNeeds), ...(await listNeeds(all))];
  const answers = await Promise.all(needs.map(async (need) => ({ need, is: await may(need) })));
  return answers.filter(({ is }) => !is).map(({ need }) => sentence(need));
}

interface SecretList {
  readonly secrets: readonly (SecretPlace & { readonly copies: readonly SecretPlace[] })[];
}

interface SecretPlace {
  readonly namespace: string;
  readonly name: string;
}

/** The Job of the dev Secrets reads and makes what is in its list. */
function secretNeeds({ kind, metadata, ...rest }: Written): Need[] {
  const list = (rest as { data?: Record<string, string> }).data?.['secrets.json'];
  if (kind !== 'ConfigMap' || list === undefined) return [];
  const account = `${metadata.namespace ?? ''}/${metadata.name.replace(/-list$/, '')}`;
  const places = (JSON.parse(list) as SecretList).secrets.flatMap((one) => [one, ...one.copies]);
  return places.flatMap(({ namespace, name }) => [
    { account, verb: 'get', resource: 'secrets', namespace, name },
    { account, verb: 'create', resource: 'secrets', namespace },
  ]);
}

interface Deployment {
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly { args?: string[] }[] } };
  };
}

/** kube-state-metrics lists and watches what its flags name, in all namespaces. */
async function listNeeds(all: readonly Written[]): Promise<Need[]> {
  const found = all.find(
    ({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'kube-state-metrics',
  );
  if (found === undefined) return [];
  const { containers } = (found as unknown as Deployment).spec.template.spec;
  const named = containers
    .flatMap(({ args = [] }) => args)
    .flatMap((flag) => /^--resources=(.*)$/.exec(flag)?.[1]?.split(',') ?? []);
  expect(named.length).toBeGreaterThan(0);
  const { stdout } = await kubectl('api-resources', '--output', 'name');
  const known = stdout.split('\n').filter((name) => !name.endsWith('.metrics.k8s.io'));
  const account = `${found.metadata.namespace ?? ''}/${found.metadata.name}`;
  return named.flatMap((resource) => {
    const full = known.find((name) => name === resource || name.startsWith(`${resource}.`));
    const group = full?.slice(resource.length + 1) ?? 'unknown';
    return ['list', 'watch'].map((verb) => ({ account, verb, group, resource }));
  });
}

async function may({ account, ...attributes }: Need): Promise<boolean> {
  const user = `system:serviceaccount:${account.replace('/', ':')}`;
  const body = Object.assign(new V1SubjectAccessReview(), {
    spec: { user, resourceAttributes: attributes },
  });
  const { status } = await authorization.createSubjectAccessReview({ body });
  return status?.allowed === true;
}

function sentence({
  account,
  verb,
  group = '',
  resource,
  namespace = '',
  name = '',
}: Need): string {
  const object = [resource, group].filter((part) => part !== '').join('.');
  const place = namespace === '' ? 'in all namespaces' : `in ${namespace}`;
  const named = name === '' ? '' : ` ${name}`;
  return `ServiceAccount ${account} may not ${verb} ${object}${named} ${place}`;
}
