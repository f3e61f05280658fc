import { Platform, portRegistry } from '../../../synth';

/* The port registry. */

const ranges = { api: { from: 3100, to: 3199, purpose: 'APIs.' } };
const web = { tier: 'app', owner: 'web', purpose: 'Pages.' } as const;
const other = { owners: [{ tier: 'app', owner: 'other' }], reason: 'A sidecar.' } as const;

const { ports } = portRegistry({
  ranges,
  ports: { chosen: { port: 3100, range: 'api', ...web } },
});
// TS2551: Property 'chosn' does not exist on type 'Readonly<{ chosen: 3100; }>'. Did you mean
// 'chosen'?
export const unknownPort = ports.chosn;

portRegistry({
  ranges,
  ports: {
    // TS2322: Type '{ tier: "app"; owner: "web"; purpose: "Pages."; port: number; range: "api";
    // wellKnown: string; }' is not assignable to type 'PortDefinition<"api", number>'.
    // … Type 'string' is not assignable to type 'undefined'.
    both: { port: 3100, range: 'api', wellKnown: 'RFC 9110', ...web },
    // TS2322: Type '{ tier: "app"; owner: "web"; purpose: "Pages."; port: number; }' is not
    // assignable to type 'PortDefinition<"api", number>'.
    // … Property 'wellKnown' is missing in type '{ tier: "app"; owner: "web"; purpose: "Pages.";
    // port: number; }' but required in type 'WellKnownPort<number>'.
    neither: { port: 3100, ...web },
    // TS2322: Type '"apy"' is not assignable to type '"api"'.
    unknownRange: { port: 3100, range: 'apy', ...web },
    // TS2322: Type '{ tier: "app"; owner: "web"; purpose: "Pages."; port: number; range: "api";
    // sharedBy: { readonly owners: readonly [{ readonly tier: "app"; readonly owner: "other"; }];
    // readonly reason: "A sidecar."; }; }' is not assignable to type 'PortDefinition<"api",
    // number>'.
    // … Type '{ readonly owners: readonly [{ readonly tier: "app"; readonly owner: "other"; }];
    // readonly reason: "A sidecar."; }' is not assignable to type 'undefined'.
    sharedOfOurs: { port: 3100, range: 'api', sharedBy: other, ...web },
    // TS2322: Type '[]' is not assignable to type 'readonly [PortOwner, ...PortOwner[]]'.
    // … Source has 0 element(s) but target requires 1.
    withNobody: { port: 80, wellKnown: 'docs', sharedBy: { owners: [], reason: 'None.' }, ...web },
    // TS2741: Property 'reason' is missing in type '{ owners: readonly [{ readonly tier: "app";
    // readonly owner: "other"; }]; }' but required in type '{ readonly owners: readonly [PortOwner,
    // ...PortOwner[]]; readonly reason: string; }'.
    withoutReason: { port: 80, wellKnown: 'docs', sharedBy: { owners: other.owners }, ...web },
    // TS2322: Type '{ port: number; range: "api"; tier: string; owner: string; }' is not assignable
    // to type 'PortDefinition<"api", number>'.
    // … Property 'purpose' is missing in type '{ port: number; range: "api"; tier: string; owner:
    // string; }' but required in type 'ChosenPort<"api", number>'.
    withoutPurpose: { port: 3100, range: 'api', tier: 'app', owner: 'web' },
    // TS2561: Object literal may only specify known properties, but 'purpos' does not exist in type
    // 'ChosenPort<"api", number>'. Did you mean to write 'purpose'?
    slip: { port: 3100, range: 'api', ...web, purpos: 'Pages.' },
    // TS2322: Type 'string' is not assignable to type 'number'.
    text: { port: '3100', range: 'api', ...web },
    twice: { port: 3100, range: 'api', ...web },
    // TS1117: An object literal cannot have multiple properties with the same name.
    twice: { port: 3101, range: 'api', ...web },
  },
});

const chart = { name: 'x', description: 'x', version: '1.0.0', appVersion: 'x', kubeVersion: '1' };
// TS2739: Type 'Readonly<{ chosen: 3100; }>' is missing the following properties from type
// 'PortRegistry': ranges, entries
new Platform({ chart, environments: [], ports });
