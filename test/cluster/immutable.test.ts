/* What `npm run diff` and `npm run upgrade-check` say of immutable fields is what a real API server does. */
import { at } from '../../synth/checks/json';
import type { JsonMap } from '../../synth/merge';
import { startApiServer, type RealApiServer } from './api-server';
import { CASES, told } from './immutable-cases';
import { kubernetes } from './version';

const CORE = '/api/v1/namespaces/default';
let server: RealApiServer;

beforeAll(async () => {
  server = await startApiServer(kubernetes());
  // A controller makes it elsewhere; no pod without it.
  await server.ask('POST', `${CORE}/serviceaccounts`, { metadata: { name: 'default' } });
});

afterAll(() => server.stop());

describe.each(CASES.map((one, index) => [one.kind, one, index] as const))('%s', (kind, one, at) => {
  test.each(one.changes.map((change, index) => [JSON.stringify(change), change, index] as const))(
    '%s',
    async (_, change, index) => {
      const name = `a-${String(at)}-${String(index)}`;
      const { apiVersion, path } = one;
      const object = { apiVersion, kind: kind.split('.')[0], metadata: { name }, ...one.object };
      const made = await server.ask('POST', path, object);
      expect(made).toMatchObject({ status: 201 });
      const { status, body } = await server.ask('PATCH', `${path}/${name}`, change);
      const fields = told(one, change).map(({ field }) => field);
      expect([200, 422]).toContain(status);
      // What is taken away, it may leave as it was without a word.
      const isTaken = status === 200 && !fields.some((field) => isSame(field, made.body, body));
      expect({ fields, isTaken }).toEqual({ fields, isTaken: fields.length === 0 });
    },
  );
});

const isSame = (field: string, ...[one, other]: Record<string, unknown>[]): boolean => {
  const [was, is] = [one, other].map((body) => at(body as JsonMap, ...field.split('.')));
  return was !== undefined && JSON.stringify(was) === JSON.stringify(is);
};
