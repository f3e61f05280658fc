import { Manifest, type Tier, type Value } from '../../../../synth';

/** A ConfigMap of files that are in the chart, too. */
export class Files extends Manifest {
  public constructor(tier: Tier, id: string, files: Readonly<Record<string, string>>) {
    const data: Record<string, Value<string>> = Object.fromEntries(
      Object.entries(files).map(([name, text]) => [name, tier.file(name, text)]),
    );
    super(tier, id, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: id },
      data,
    });
  }
}
