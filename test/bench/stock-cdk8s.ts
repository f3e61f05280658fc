/** The program of a user of cdk8s alone: node --require ./register test/bench/stock-cdk8s.ts <services> [<most of a tier>]. */
import { ApiObject, App, Chart } from 'cdk8s';
import { objectsOf } from './objects';
import { PLACES, tiersWith } from './services';

const [services = 0, most] = process.argv.slice(2).map(Number);
const app = new App({ outdir: 'stock' });
for (const place of PLACES) {
  for (const tier of tiersWith(services, most)) {
    const chart = new Chart(app, `${place.name}-${tier.name}`);
    for (const service of tier.services) {
      for (const object of objectsOf(tier.name, service, place)) {
        new ApiObject(chart, `${service.name}-${object.kind}`, object);
      }
    }
  }
}
app.synth();
