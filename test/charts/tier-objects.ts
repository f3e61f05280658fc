import { compose } from '../../main';
import { textAt } from '../../synth/checks/json';
import { merge, type JsonMap } from '../../synth/merge';
import {
  distRelease,
  isEnabled,
  renderTier,
  sceneOf,
  valuesOf,
  type Rendered,
} from '../../synth/scene';

/** The reference platform, read once. */
export const blueprint = compose().build();

/** One of its tiers, under any values. */
export class TierObjects {
  public constructor(private readonly tier: string) {}

  /** Objects in an environment, or with the defaults alone, under further values. */
  public rendered(name: string, more: JsonMap = {}): Rendered[] {
    const environment = blueprint.environments.find((one) => one.name === name);
    const overlay = merge(environment?.values ?? {}, more) as JsonMap;
    const [first] = blueprint.environments;
    if (first === undefined) throw new Error('There is no environment.');
    return blueprint.tiers
      .filter((tier) => tier.name === this.tier && isEnabled(tier, overlay))
      .flatMap((tier) => {
        const values = valuesOf(blueprint, tier, overlay);
        const release = { ...distRelease(blueprint, environment ?? first), name: 'platform' };
        return renderTier(tier, sceneOf(blueprint, tier, values, release));
      });
  }

  public objects(name: string, more: JsonMap = {}): JsonMap[] {
    return this.rendered(name, more).map(({ json }) => json);
  }

  public find(
    kind: string,
    name: string,
    environment: string,
    more: JsonMap = {},
  ): JsonMap | undefined {
    return this.objects(environment, more).find(
      (json) => json['kind'] === kind && textAt(json, 'metadata', 'name') === name,
    );
  }

  public get(kind: string, name: string, environment: string, more: JsonMap = {}): JsonMap {
    const found = this.find(kind, name, environment, more);
    if (found === undefined) throw new Error(`There is no ${kind} ${name}.`);
    return found;
  }
}

/** Values of the cloud of this name, to put over an environment. */
export const cloud = (name: string): JsonMap =>
  blueprint.overlays.find((one) => one.name === name)?.values as JsonMap;
