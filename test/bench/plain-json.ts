/** The least there is to do: node --require tsx/cjs test/bench/plain-json.ts <services>. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { objectsOf } from './objects';
import { PLACES, tiersWith } from './services';

const tiers = tiersWith(Number(process.argv[2]));
for (const place of PLACES) {
  mkdirSync(`plain/${place.name}`, { recursive: true });
  for (const { name, services } of tiers) {
    const objects = services.flatMap((service) => objectsOf(name, service, place));
    writeFileSync(`plain/${place.name}/${name}.json`, JSON.stringify(objects));
  }
}
