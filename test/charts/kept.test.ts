import { compose } from '../../main';
import { renderEnvironments } from '../../synth/dist';

const LASTS = ['Namespace', 'PersistentVolumeClaim'];

test('Helm leaves every namespace and every claim where a release is uninstalled', () => {
  const objects = renderEnvironments(compose().build())
    .flatMap((tier) => tier.objects)
    .map(({ json }) => json as unknown as Lasting);
  const lasting = objects.filter(({ kind }) => LASTS.includes(kind));
  expect(new Set(lasting.map(({ kind }) => kind))).toEqual(new Set(LASTS));
  const lost = lasting.filter(
    ({ metadata }) => metadata.annotations?.['helm.sh/resource-policy'] !== 'keep',
  );
  expect(lost.map(({ metadata }) => metadata.name)).toEqual([]);
});

interface Lasting {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}
