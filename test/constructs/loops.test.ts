import { problemsOf } from '../synth/fixture';
import { shopOf, store, web, type Tiers } from './fixture';

const problems = (fill: (tiers: Tiers) => void) => problemsOf(() => shopOf(fill).build());

test('services that wait for each other are told of once', () => {
  const found = problems(({ app }) => {
    const [service, admin] = [web(app), web(app, 'admin')];
    service.connectsTo(admin.endpoint);
    admin.connectsTo(service.endpoint);
  });
  expect(found).toEqual([
    '[app/admin] waits for itself: app/admin -> app/web -> app/admin are required connections, so none of them ever becomes ready; make one of them optional.',
  ]);
});

test('so is a longer loop, across tiers', () => {
  const found = problems(({ data, app }) => {
    const [db, service, admin] = [store(data), web(app), web(app, 'admin')];
    service.connectsTo(admin.endpoint);
    admin.connectsTo(db.endpoint);
    db.connectsTo(service.endpoint);
  });
  expect(found).toEqual([
    '[app/admin] waits for itself: app/admin -> data/db -> app/web -> app/admin are required connections, so none of them ever becomes ready; make one of them optional.',
  ]);
});

test('so is a service that waits for itself', () => {
  const found = problems(({ app }) => {
    const service = web(app);
    service.connectsTo(service.endpoint);
  });
  expect(found).toEqual([
    '[app/web] waits for itself: app/web -> app/web are required connections, so none of them ever becomes ready; make one of them optional.',
  ]);
});

test.each([0, 1, 2])('a loop with an optional connection can start: connection %d', (optional) => {
  const found = problems(({ data, app }) => {
    const [db, service, admin] = [store(data), web(app), web(app, 'admin')];
    service.connectsTo(admin.endpoint, { optional: optional === 0 });
    admin.connectsTo(db.endpoint, { optional: optional === 1 });
    db.connectsTo(service.endpoint, { optional: optional === 2 });
  });
  expect(found).toEqual([]);
});

test('two that wait for the same are no loop', () => {
  const found = problems(({ data, app }) => {
    const [db, service, admin] = [store(data), web(app), web(app, 'admin')];
    service.connectsTo(db.endpoint);
    admin.connectsTo(db.endpoint);
    admin.connectsTo(service.endpoint);
  });
  expect(found).toEqual([]);
});
