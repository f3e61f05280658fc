import { Platform, run } from '../../../synth';
import { WebTier } from './charts/web';
import { dev, prod } from './environments';

/** A small platform that the tests of scripts/ work on, and docs/tools.md shows. */
export function compose(): Platform {
  const platform = new Platform({
    chart: {
      name: 'small',
      description: 'A small platform.',
      version: '1.0.0',
      appVersion: '1.0.0',
      kubeVersion: '>=1.28.0-0',
    },
    environments: [dev, prod],
    checks: [],
  });
  new WebTier(platform);
  return platform;
}

if (require.main === module) run(compose);
