import type { Json } from '../node';
import { asText } from '../node';
import { remember } from '../print/remember';

const FORM = /^([+-]?)(\d+)(?:\.(\d*))?(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?\d{1,2})?$/;
const DECIMAL: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/**
 * A quantity in billionths, the smallest that Kubernetes tells apart; what is smaller is rounded
 * up, as there. Undefined for what is none.
 */
export const parseQuantity = (quantity: Json | undefined): bigint | undefined =>
  parse(asText(quantity));

const parse = remember((text) => {
  const [match, sign = '', whole = '', fraction = '', suffix = ''] = FORM.exec(text) ?? [];
  if (match === undefined) return undefined;
  const power = BINARY.indexOf(suffix) + 1;
  const digits = BigInt(whole + fraction) * 1024n ** BigInt(power);
  const exponent = 9 - fraction.length + (power > 0 ? 0 : exponentOf(suffix));
  return (sign === '-' ? -1n : 1n) * shifted(digits, exponent);
});

/** That of no suffix is 0, as no text is for Number. */
const exponentOf = (suffix: string) => DECIMAL[suffix] ?? Number(suffix.slice(1));

/** The number times a power of ten, rounded up. */
function shifted(digits: bigint, exponent: number): bigint {
  if (exponent >= 0) return digits * 10n ** BigInt(exponent);
  const divisor = 10n ** BigInt(-exponent);
  return (digits + divisor - 1n) / divisor;
}
