import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { z } from 'zod';
import { ChartOnly, Platform, When, and, dnsLabel, gt, not, tiersOf, type Environment } from '..';
import { tortureConditions } from './torture-conditions';
import { torturePods } from './torture-pods';
import { tortureTexts } from './torture-texts';
import { tortureValues } from './torture-values';

/*
 * A chart that nobody needs and that reaches every branch of printer and evaluator: the proof
 * compares it under random values, and the mutation test breaks the printer under it.
 */

const tortureGlobal = z.strictObject({
  namespaces: z.strictObject({
    torture: dnsLabel().default('torture').describe('Namespace of the chart.'),
  }),
  imageRegistry: z
    .string()
    .regex(/^[a-z0-9.-]*$/)
    .default('')
    .describe('Registry of all images.'),
});

const TortureBase = tiersOf(tortureGlobal)({
  name: 'torture',
  description: 'Every way to print a value.',
  values: tortureValues,
});
export type TortureTier = InstanceType<typeof TortureBase>;

class Torture extends TortureBase {
  public constructor(scope: Construct) {
    super(scope);
    const labels = this.define('labels', {
      'app.kubernetes.io/instance': this.release.name,
      'helm.sh/chart': `${this.chart.name}-${this.chart.version}`,
      note: this.values.nested.inner.deep,
    });
    const { flag, flip, small, ratio } = this.values;
    for (const [id, spec] of Object.entries({
      ...tortureTexts(this),
      ...tortureConditions(this, labels),
      ...torturePods(this, labels),
    })) {
      object(this, id, spec);
    }
    const when = new When(this, 'outer', flag);
    object(when, 'once', { outer: true });
    object(new When(when, 'inner', and(not(flip), gt(small, 3))), 'twice', { inner: ratio });
    object(new ChartOnly(this, 'chart-only'), 'hook', { 'in-the-chart': flag });
  }
}

/** A custom kind may have any content, so nothing stands between a value and its printing. */
function object(scope: Construct, id: string, spec: object): ApiObject {
  return new ApiObject(scope, id, {
    apiVersion: 'torture.example/v1',
    kind: 'Torture',
    metadata: { name: id },
    spec,
  });
}

const environment: Environment = {
  name: 'only',
  summary: 'the defaults.',
  release: { name: 'torture', namespace: 'torture' },
  values: {},
};

export function composeTorture(): Platform {
  const platform = new Platform({
    chart: {
      name: 'torture',
      description: 'Torture.',
      version: '1.2.3',
      appVersion: '4.5',
      kubeVersion: '>=1.28.0-0',
    },
    environments: [environment],
  });
  new Torture(platform);
  return platform;
}
