import { telemetry } from '../../constructs';
import { listAt, mapAt } from '../../synth/checks/json';
import type { JsonMap } from '../../synth/merge';
import { Shop, Yaml, web } from './fixture';

const shop = new Shop(({ app }) => {
  telemetry(web(app), app.values.web.telemetry);
});
const collector = (values: JsonMap) => ({ app: { web: { telemetry: values } } });

/** What it adds to the container and to the policy. */
const added = (overlay: JsonMap = {}) => {
  const env = listAt(shop.container('Deployment', 'web', overlay), 'env');
  const egress = listAt(shop.get('NetworkPolicy', 'web', overlay), 'spec', 'egress');
  return { env: [...env], egress: [...egress] };
};

test('the defaults of telemetry', () => {
  expect(new Yaml([added()])).toMatchSnapshot();
});

test('traces go to the collector that the values name, over OTLP', () => {
  const { env, egress } = added(collector({ host: 'otel.example' }));
  expect(env).toEqual([
    ...added().env,
    { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'http://otel.example:4318' },
  ]);
  expect(egress).toEqual([{ ports: [{ port: 4318 }] }]);
});

test('another port is one in the address and in the policy', () => {
  const overlay = collector({ host: 'otel.example', port: 4319 });
  expect(shop.env('Deployment', 'web', overlay)['OTEL_EXPORTER_OTLP_ENDPOINT']).toBe(
    'http://otel.example:4319',
  );
  expect(added(overlay).egress).toEqual([{ ports: [{ port: 4319 }] }]);
});

test('without a collector nothing is let out', () => {
  const { spec } = shop.get('NetworkPolicy', 'web', collector({ port: 4319 }));
  expect(mapAt(spec)).not.toHaveProperty('egress');
});
