/** The least there is to do: node --require ./register test/bench/plain-json.ts <services> [<most of a tier>]. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { objectsOf } from './objects';
import { PLACES, tiersWith } from './services';

const [services = 0, most] = process.argv.slice(2).map(Number);
const tiers = tiersWith(services, most);
for (const place of PLACES) {
  mkdirSync(`plain/${place.name}`, { recursive: true });
  for (const { name, services } of tiers) {
    const objects = services.flatMap((service) => objectsOf(name, service, place));
    writeFileSync(`plain/${place.name}/${name}.json`, JSON.stringify(objects));
  }
}
