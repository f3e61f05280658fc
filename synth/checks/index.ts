import { autoscalerRange, autoscalerShared, replicasBesideAutoscaler } from './autoscalers';
import { backupOfNothing, storeWithoutBackup } from './backups';
import { budgetBlocksEviction, budgetShared } from './budgets';
import type { Check } from './check';
import { badConfigData, objectOverLimit, objectTooLarge } from './config-data';
import { sameNameTwice } from './identity';
import { hostShared } from './hosts';
import { imageIgnoresRegistry, imageVersion } from './images';
import { badAnnotation, badLabel } from './labels';
import { missingPort } from './missing-port';
import { badName } from './names';
import { podWithoutNetworkPolicy } from './network';
import { plainTextSecret, secretInOutput } from './plain-secrets';
import { podSecurity, podSecurityLevel } from './pod-security';
import { portClash } from './port-clashes';
import { portOwner, portUnregistered } from './port-owners';
import { livenessEqualsReadiness } from './probes';
import { missingKey, missingReference, missingSecret } from './references';
import { badQuantity, missingResources, requestAboveLimit } from './resources';
import { twiceInPod } from './twice-in-pod';
import { selectorMatchesNothing, selectorMissesOwnPods, selectorShared } from './selectors';

/** All checks, in the order that docs/checks.md tells of them. */
const table = [
  sameNameTwice,
  badName,
  badLabel,
  badAnnotation,
  badConfigData,
  objectTooLarge,
  objectOverLimit,
  missingReference,
  missingSecret,
  missingKey,
  missingPort,
  twiceInPod,
  selectorMissesOwnPods,
  selectorMatchesNothing,
  selectorShared,
  imageVersion,
  imageIgnoresRegistry,
  secretInOutput,
  plainTextSecret,
  replicasBesideAutoscaler,
  autoscalerRange,
  autoscalerShared,
  budgetBlocksEviction,
  budgetShared,
  livenessEqualsReadiness,
  badQuantity,
  requestAboveLimit,
  missingResources,
  podWithoutNetworkPolicy,
  podSecurity,
  podSecurityLevel,
  storeWithoutBackup,
  backupOfNothing,
  portUnregistered,
  portOwner,
  portClash,
  hostShared,
] as const;

/** What waivers name. */
export type CheckId = (typeof table)[number]['id'];

export const checks: readonly Check<CheckId>[] = table;
