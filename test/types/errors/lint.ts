import { when } from '../../../synth';
import type { ShopTier } from '../fixture';

/* What the compiler lets through. Above each line stand the lint rules that do not. */

declare const tier: ShopTier;
const { name, replicas, enabled, strategy, labels, args, resources } = tier.values;
const condition = when(enabled, 1);

// strict-boolean-expressions, no-unnecessary-condition
if (enabled) console.log('always');
// strict-boolean-expressions, no-unnecessary-condition
export const conjunction = enabled && 'always';
// strict-boolean-expressions, no-unnecessary-condition
export const disjunction = name || 'never';
// strict-boolean-expressions, no-unnecessary-condition
export const choice = replicas ? 'always' : 'never';
// strict-boolean-expressions
export const negation = !enabled;
// no-unnecessary-condition
export const fallback = name ?? 'never';
// strict-boolean-expressions, no-unnecessary-condition
while (condition) break;

// restrict-plus-operands
export const joined = name + '-0';
// restrict-plus-operands
export const joinedBefore = 'pod-' + name;

// no-base-to-string, restrict-template-expressions
export const group = `${resources}`;
// no-base-to-string, restrict-template-expressions
export const list = `${args}`;
// no-base-to-string, restrict-template-expressions
export const map = `${labels}`;
// no-base-to-string, restrict-template-expressions
export const conditional = `${condition}`;
// no-base-to-string, restrict-template-expressions
export const part = `x ${resources.requests} y`;

export const text = `${name}-${replicas}-${enabled}-${strategy}-${resources.requests.cpu}`;
export const plain = `${1}-${'a'}`;
