import type { Val } from '../synth';
import { secretSource, type SecretSource } from './secret-source';
import type { Workload } from './workload';

export interface SecretOptions extends SecretSource {
  /** Folder in the container; each key is a file there. */
  readonly mount: string;
  /** Whether the pod starts without it, too. Default: false. */
  readonly optional?: Val<boolean>;
}

/** A Secret that a workload reads as files. Its content is never part of any output. */
export class SecretFiles {
  public constructor(
    workload: Workload,
    private readonly id: string,
    private readonly options: SecretOptions,
  ) {
    secretSource(workload, id, options);
  }

  public get volume() {
    const { name, keys, optional } = this.options;
    return {
      name: this.id,
      secret: {
        secretName: name,
        defaultMode: 0o440,
        ...(optional !== undefined && optional !== false && { optional }),
        items: keys.map((key) => ({ key, path: key })),
      },
    };
  }

  public get volumeMount() {
    return { name: this.id, mountPath: this.options.mount, readOnly: true };
  }
}
