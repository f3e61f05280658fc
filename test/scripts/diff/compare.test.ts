import { compare } from '../../../scripts/diff/compare';
import { report } from '../../../scripts/diff/report';

const secret = (fields: object) =>
  JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'login' }, ...fields });

test('that the content of a Secret changes is told, and not what it is', () => {
  const before = secret({ type: 'a', data: { password: 'b25l', user: 'bWU=' } });
  const after = secret({ type: 'b', data: { password: 'dHdv' }, stringData: { more: 'three' } });
  expect(report(compare([before], [after]), 'dev').split('\n')).toEqual([
    '~ Secret login',
    '    type: a -> b',
    '    data.password: not shown -> not shown',
    '  - data.user: not shown',
    '  + stringData: not shown',
    '  ! type cannot change in a Secret that exists; delete it and apply it again, or give the new one another name.',
    'dev: 0 new, 1 changed, 0 gone, 0 the same; the cluster will refuse 1.',
    '',
  ]);
});
