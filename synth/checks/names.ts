import type { Json } from '../node';
import { show } from '../problems';
import { check, finding, type Finding } from './check';
import { listAt, textAt } from './json';
import type { Pod } from './pod';
import type { Item } from './world';

/** What Kubernetes takes for a name. */
interface NameRule {
  readonly pattern: RegExp;
  readonly limit: number;
  readonly text: string;
}

const ENDS = 'with a letter or digit at both ends';
const LABEL: NameRule = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  limit: 63,
  text: `lower-case letters, digits and "-", ${ENDS}`,
};
const SUBDOMAIN: NameRule = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  limit: 253,
  text: `lower-case letters, digits, "-" and ".", ${ENDS} of each part`,
};
const SERVICE: NameRule = {
  pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  limit: 63,
  text: 'lower-case letters, digits and "-", with a letter first and no "-" last',
};
const PATH_PART: NameRule = {
  pattern: /^(?!\.\.?$)[^/%]+$/,
  limit: 253,
  text: 'characters without "/" and "%"',
};
const PORT: NameRule = {
  pattern: /^(?!.*--)(?=.*[a-z])[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  limit: 15,
  text: `lower-case letters, digits and single "-", at least one letter, ${ENDS}`,
};
const because = (rule: NameRule, limit: number, reason: string): NameRule => ({
  ...rule,
  limit,
  text: `${rule.text}, as ${reason}`,
});

/** Rules of kinds; all others have names of up to 253 characters with dots. */
const RULES: Readonly<Record<string, NameRule>> = {
  Namespace: LABEL,
  Service: SERVICE,
  Pod: because(LABEL, 63, 'it becomes a host name'),
  Deployment: because(SUBDOMAIN, 63, 'names of pods begin with it'),
  ReplicaSet: because(SUBDOMAIN, 63, 'names of pods begin with it'),
  DaemonSet: because(SUBDOMAIN, 63, 'names of pods begin with it'),
  StatefulSet: because(LABEL, 52, 'a label of its pods has a hash behind it'),
  Job: because(LABEL, 63, 'it becomes a label of its pods'),
  CronJob: because(LABEL, 52, 'names of its Jobs have a time behind it'),
  Role: PATH_PART,
  ClusterRole: PATH_PART,
  RoleBinding: PATH_PART,
  ClusterRoleBinding: PATH_PART,
};

export const badName = check({
  id: 'bad-name',
  rule: 'Names of objects, containers, volumes and ports are such as Kubernetes takes, also where it makes labels and names of pods from them.',
  why: 'Kubernetes refuses the object, or, worse, takes it and then cannot make its pods.',
  remedy: 'Shorten the name, or use the characters that are allowed.',
  alone: true,
  *find({ items, pods }) {
    for (const item of items) {
      yield* named(item, '/metadata/name', item.name, RULES[item.type] ?? SUBDOMAIN);
      if (item.type === 'Service') {
        yield* inPorts(item, '/spec/ports', listAt(item.json, 'spec', 'ports'), LABEL);
      }
      if (item.type === 'StatefulSet') yield* claimsOf(item);
    }
    for (const pod of pods) yield* inPod(pod);
  },
});

function* claimsOf(item: Item): Generator<Finding> {
  for (const [index, claim] of listAt(item.json, 'spec', 'volumeClaimTemplates').entries()) {
    const path = `/spec/volumeClaimTemplates/${String(index)}/metadata/name`;
    yield* named(item, path, textAt(claim, 'metadata', 'name'), LABEL);
  }
}

function* inPod({ owner, path, spec, containers }: Pod): Generator<Finding> {
  for (const [index, volume] of listAt(spec, 'volumes').entries()) {
    const place = `${path}/volumes/${String(index)}/name`;
    yield* named(owner, place, textAt(volume, 'name'), LABEL);
  }
  for (const container of containers) {
    yield* named(owner, `${container.path}/name`, container.name, LABEL);
    yield* inPorts(owner, `${container.path}/ports`, listAt(container.json, 'ports'), PORT);
  }
}

/** Ports may do without a name. */
function* inPorts(
  owner: Item,
  path: string,
  list: readonly Json[],
  rule: NameRule,
): Generator<Finding> {
  for (const [index, port] of list.entries()) {
    const name = textAt(port, 'name');
    if (name !== '') yield* named(owner, `${path}/${String(index)}/name`, name, rule);
  }
}

function* named(owner: Item, path: string, name: string, rule: NameRule): Generator<Finding> {
  if (rule.pattern.test(name) && name.length <= rule.limit) return;
  yield finding(
    owner,
    `${path} is ${show(name)} of ${String(name.length)} characters; use 1 to ${String(rule.limit)} ${rule.text}`,
  );
}
