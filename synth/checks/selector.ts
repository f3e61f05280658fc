import type { JsonMap } from '../merge';
import { asText } from '../node';
import { at, listAt, mapAt, textAt } from './json';

/** Whether a LabelSelector picks these labels; an empty one picks all. */
export function selects(selector: JsonMap, labels: JsonMap): boolean {
  const wanted = mapAt(selector, 'matchLabels');
  return (
    Object.keys(wanted).every((key) => at(labels, key) === wanted[key]) &&
    listAt(selector, 'matchExpressions').every((expression) =>
      isTrue(
        textAt(expression, 'operator'),
        listAt(expression, 'values').map(asText),
        at(labels, textAt(expression, 'key')),
      ),
    )
  );
}

function isTrue(operator: string, values: readonly string[], label: unknown): boolean {
  const isListed = typeof label === 'string' && values.includes(label);
  switch (operator) {
    case 'In':
      return isListed;
    case 'NotIn':
      return !isListed;
    case 'Exists':
      return label !== undefined;
    case 'DoesNotExist':
      return label === undefined;
    default:
      return false;
  }
}

/** Whether the selector asks for nothing. */
export const isEmptySelector = (selector: JsonMap): boolean =>
  Object.keys(mapAt(selector, 'matchLabels')).length === 0 &&
  listAt(selector, 'matchExpressions').length === 0;

/** A selector for people: `app=web, tier in (a, b)`. */
export function shownSelector(selector: JsonMap): string {
  const pairs = Object.entries(mapAt(selector, 'matchLabels')).map(
    ([key, value]) => `${key}=${asText(value)}`,
  );
  const expressions = listAt(selector, 'matchExpressions').map((expression) => {
    const values = listAt(expression, 'values').map(asText).join(', ');
    const list = values === '' ? '' : ` (${values})`;
    return `${textAt(expression, 'key')} ${textAt(expression, 'operator')}${list}`;
  });
  return [...pairs, ...expressions].join(', ');
}
