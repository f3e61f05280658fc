import type { Construct } from 'constructs';
import { Late, type Container } from '../../../../synth';

export interface TaskOptions {
  readonly team: string;
  readonly container: Container;
}

/** What all kinds of tasks have. */
export abstract class Tasks extends Late {
  protected readonly container: Container;

  public constructor(
    scope: Construct,
    id: string,
    private readonly options: TaskOptions,
  ) {
    super(scope, id);
    this.container = { ...options.container, imagePullPolicy: 'Always' };
  }

  protected get labels() {
    return { team: this.options.team };
  }
}
