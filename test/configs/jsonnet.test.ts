import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { benchPrograms } from '../bench/go-programs';
import { objectsOf } from '../bench/objects';
import * as shop from '../bench/services';

const path = benchPrograms.find('jsonnet');
const testWithJsonnet = path === undefined ? test.skip : test;

testWithJsonnet('go-jsonnet makes the objects of the benchmark', () => {
  const tiers = shop.tiersWith(3);
  const code = `shop=${JSON.stringify(shop.describedFor(tiers))}`;
  const args = ['--tla-code', code, resolve(__dirname, '../bench/shop.jsonnet')];
  const printed = execFileSync(path ?? '', args, { encoding: 'utf8' });
  const files = JSON.parse(printed) as Record<string, unknown>;
  for (const place of shop.PLACES) {
    const objects = tiers.flatMap(({ name, services }) =>
      services.flatMap((service) => objectsOf(name, service, place)),
    );
    expect(files[`${place.name}.json`]).toEqual(objects);
  }
});
