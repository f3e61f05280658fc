import { append } from '../append';
import type { Connection, Model, System } from '../model/shape';
import { once } from '../once';

type Name = Connection['to'];

/** The systems of a model, so that a look-up costs nothing. */
export class Lookup {
  private readonly byName = new Map<string, System>();
  private readonly byTier = new Map<string, System[]>();
  private readonly byUsed = new Map<string, [from: System, connection: Connection][]>();

  public constructor({ systems }: Model) {
    for (const system of systems) {
      this.byName.set(keyOf(system), system);
      append(this.byTier, system.tier, system);
      for (const connection of system.connections) {
        if (connection.external !== undefined) continue;
        append(this.byUsed, keyOf(connection.to), [system, connection]);
      }
    }
  }

  public find(name: Name): System | undefined {
    return this.byName.get(keyOf(name));
  }

  public ofTier(tier: string): readonly System[] {
    return this.byTier.get(tier) ?? [];
  }

  /** Who connects to the system, and how. */
  public usersOf(name: Name): readonly (readonly [from: System, connection: Connection])[] {
    return this.byUsed.get(keyOf(name)) ?? [];
  }
}

/** The look-up of a model, made once. */
export const lookupIn = once((model: Model) => new Lookup(model));

// No part of a name holds a line break.
const keyOf = ({ tier, name }: Name) => `${tier}\n${name}`;
