import type { WebServiceOptions } from '../../../constructs';

/* What the compiler lets through of the values of a construct; lint.ts says more. */

declare const options: WebServiceOptions;
const { replicas, ingress, autoscaling, nodeSelector } = options.values;

// strict-boolean-expressions, no-unnecessary-condition
if (ingress.enabled) console.log('always');
// strict-boolean-expressions, no-unnecessary-condition
export const pods = autoscaling.enabled ? autoscaling.minReplicas : replicas;
// strict-boolean-expressions, no-unnecessary-condition
export const selector = nodeSelector || {};
// no-base-to-string, restrict-template-expressions
export const text = `${ingress}`;

export const host = `api-${replicas}`;
