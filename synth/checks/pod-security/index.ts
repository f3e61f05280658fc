import { once } from '../../once';
import { check, finding, type Finding } from '../check';
import { mapAt, textAt } from '../json';
import { annotationsPath, type Pod } from '../pod';
import type { Item } from '../world';
import type { Breach } from './control';
import { controls, type ControlId } from './controls';
import {
  complaintAbout,
  ENFORCE,
  EXCEPTION,
  exceptionsIn,
  partsOf,
  shown,
  valueOf,
  type Exception,
} from './exceptions';

const LABEL = 'pod-security.kubernetes.io/enforce';

export const podSecurity = check({
  id: 'pod-security',
  rule: `Pods obey the Pod Security standard "restricted", but for exceptions that they declare with a reason, in the annotations ${EXCEPTION}<control>.`,
  why: 'Each field that the standard forbids is a way out of the container, to its node and to all pods there.',
  remedy:
    'Mend the field; where the pod cannot work without it, declare the value and the reason in the annotation that the finding names. An exception that nothing needs is a finding too.',
  alone: true,
  *find({ pods }) {
    for (const pod of pods) {
      const exceptions = exceptionsIn(pod.annotations);
      const breaches = breachesOf(pod);
      for (const breach of breaches) {
        if (exceptions.some((one) => allows(one, breach))) continue;
        const { id, rule, path, value } = breach;
        yield finding(
          pod.owner,
          `${path} is ${shown(value)}, but under Pod Security "restricted" ${rule}; mend it, or declare the exception in the annotation ${EXCEPTION}${id}: "${valueOf(value)}: <reason>"`,
        );
      }
      for (const exception of exceptions) yield* useless(pod, exception, breaches);
    }
  },
});

function* useless(pod: Pod, exception: Exception, breaches: readonly Found[]): Generator<Finding> {
  const complaint = complaintAbout(exception);
  if (complaint === '' && breaches.some((breach) => allows(exception, breach))) return;
  yield finding(
    pod.owner,
    `${annotationsPath(pod)}/${exception.key} ${complaint === '' ? `allows ${exception.value}, which the pod does not have; remove it` : complaint}`,
  );
}

export const podSecurityLevel = check({
  id: 'pod-security-level',
  rule: `A namespace enforces the Pod Security standard "restricted"; one that has pods with exceptions enforces what they need, and says so in the annotation ${ENFORCE}.`,
  why: 'Where the label is too strict Kubernetes refuses the pods; where it is missing or too weak, it lets in whatever somebody else puts there.',
  remedy: `Set the label ${LABEL}; keep pods with exceptions in a namespace of their own.`,
  *find(world) {
    for (const namespace of world.ofType('Namespace')) {
      const exempt = world.podsIn(namespace.name).filter((pod) => breachesOf(pod).length > 0);
      const complaint = complaintAboutLevel(namespace, exempt);
      if (complaint !== undefined) yield finding(namespace, complaint);
    }
  },
});

function complaintAboutLevel({ json }: Item, exempt: readonly Pod[]): string | undefined {
  const labels = mapAt(json, 'metadata', 'labels');
  const [level, is] = [textAt(labels, LABEL), `/metadata/labels/${LABEL} is`];
  const [allowed] = partsOf(textAt(json, 'metadata', 'annotations', ENFORCE));
  const [first] = exempt;
  if (level === 'restricted') {
    if (first === undefined) return undefined;
    const { kind, name } = first.owner;
    return `${is} restricted, so that Kubernetes refuses the pods of ${kind}/${name}, which have exceptions; move them to a namespace of their own, or let this one enforce privileged`;
  }
  const value = shown(labels[LABEL]);
  if (first === undefined) return `${is} ${value}, but no pod needs that; set it to restricted`;
  if (allowed === level && level !== '') return undefined;
  return `${is} ${value}, and the annotation ${ENFORCE} does not say why; write "${level === '' ? 'privileged' : level}: <reason>" there`;
}

interface Found extends Breach {
  readonly id: ControlId;
  readonly rule: string;
}

const breachesOf = once((pod: Pod): readonly Found[] => {
  const found: Found[] = [];
  for (const { id, rule, find } of controls) {
    for (const breach of find(pod)) found.push({ ...breach, id, rule });
  }
  return found;
});

const allows = ({ control, value }: Exception, breach: Found): boolean =>
  control === breach.id && value === valueOf(breach.value);

/** Whether the standard lets a pod in. */
export const isRestricted = (pod: Pod): boolean => breachesOf(pod).length === 0;
