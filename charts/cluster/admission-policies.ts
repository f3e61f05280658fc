import { AdmissionPolicy, type AdmissionPolicyOptions } from '../../constructs';
import type { ClusterTierSelf } from '.';

const workloads = {
  apps: ['deployments', 'statefulsets', 'daemonsets'],
  batch: ['jobs', 'cronjobs'],
};

/** The pod of whatever makes pods. */
const podOf = {
  template:
    "object.kind == 'CronJob' ? object.spec.jobTemplate.spec.template : object.spec.template",
  pod: "object.kind == 'Pod' ? object.spec : variables.template.spec",
};
/** What the check `image-version` takes: two numbers, a date, or a commit; a digest in any case. */
const versions = {
  initContainers: 'has(variables.pod.initContainers) ? variables.pod.initContainers : []',
  images: '(variables.initContainers + variables.pod.containers).map(c, c.image)',
  tagged: "variables.images.filter(i, !i.matches('@sha256:[0-9a-f]{64}$'))",
  numbered:
    "variables.tagged.filter(i, i.split('@')[0].matches(':[^:/]*([0-9][._][0-9]|[0-9]{6}|[0-9]{4}(-[0-9]{2}){2})[^:/]*$'))",
  hexadecimal:
    "variables.tagged.filter(i, i.split('@')[0].matches(':(sha-|git-|g)?[0-9a-f]{7,40}$'))",
  commits: "variables.hexadecimal.filter(i, i.split('@')[0].matches(':[^:/]*[0-9][^:/]*$'))",
  latest:
    "variables.tagged.filter(i, i.split('@')[0].matches(':([^:/]*[.-])?latest([.-][^:/]*)?$'))",
  exact: '(variables.numbered + variables.commits).filter(i, !(i in variables.latest))',
};

type Rules = Readonly<Record<string, Omit<AdmissionPolicyOptions, 'when' | 'action'>>>;

const rules: Rules = {
  'pinned-images': {
    resources: { '': ['pods'], ...workloads },
    variables: {
      ...podOf,
      ...versions,
      loose: 'variables.tagged.filter(i, !(i in variables.exact))',
    },
    rule: 'variables.loose.size() == 0',
    message:
      "'image ' + variables.loose.join(', ') + ' has no exact version: use the tag of one release, or a digest'",
  },
  'own-service-account': {
    resources: { '': ['pods'], ...workloads },
    variables: podOf,
    rule: "has(variables.pod.serviceAccountName) && variables.pod.serviceAccountName != 'default'",
    message: "'serviceAccountName is that of the namespace: name one of its own'",
  },
  'required-labels': {
    resources: { '': ['services'], ...workloads },
    // A CronJob makes its Jobs.
    only: { 'made-by-people': '!has(object.metadata.ownerReferences)' },
    variables: {
      labels: 'has(object.metadata.labels) ? object.metadata.labels : {}',
      wanted: "['name', 'instance', 'part-of'].map(n, 'app.kubernetes.io/' + n)",
      missing: 'variables.wanted.filter(l, !(l in variables.labels))',
    },
    rule: 'variables.missing.size() == 0',
    message: "'metadata.labels has no ' + variables.missing.join(', ') + ': add what is missing'",
  },
};

/** What the checks hold at synth, held in the cluster against all who write there. */
export function admissionPolicies(tier: ClusterTierSelf): void {
  const { enabled, action } = tier.values.admissionPolicies;
  for (const [id, rule] of Object.entries(rules))
    new AdmissionPolicy(tier, id, { ...rule, action, when: enabled });
}
