import { Manifest, When, sha256, type Value } from '../synth';
import type { Workload } from './workload';

export interface ConfigOptions {
  /** Folder in the container. */
  readonly mount: string;
  /** Texts by file name; they stand in the chart's files/ folder, with their values in them. */
  readonly files: Readonly<Record<string, string>>;
  /** Where it does not hold, there is no ConfigMap. Default: always there. */
  readonly when?: Value<boolean>;
}

/** Configuration files of a workload, in a ConfigMap. */
export class ConfigFiles {
  public readonly name: string;
  /** By file name. */
  public readonly texts: Readonly<Record<string, Value<string>>>;

  public constructor(
    workload: Workload,
    private readonly id: string,
    private readonly options: ConfigOptions,
  ) {
    this.name = `${workload.name}-${id}`;
    this.texts = Object.fromEntries(
      Object.entries(options.files).map(([file, text]) => [
        file,
        workload.tier.file(`${workload.name}/${file}`, text),
      ]),
    );
    const { when } = options;
    new Manifest(when ? new When(workload, `${id}-switch`, when) : workload, id, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { ...workload.metadata, name: this.name },
      data: this.texts,
    });
  }

  /** Annotations of the pods that change with the files. */
  public get checksums() {
    return Object.fromEntries(
      Object.entries(this.texts).map(([file, text]) => [`checksum/${file}`, sha256(text)]),
    );
  }

  public get volume() {
    return { name: this.id, configMap: { name: this.name } };
  }

  public get volumeMount() {
    return { name: this.id, mountPath: this.options.mount, readOnly: true };
  }
}
