import { gpus } from './gpus';
import { PROVIDERS, type GpuPoolOptions, type Sharing } from './options';
import { providers } from './providers';

/** Such as 1g.10gb: slices for computing, and memory. */
export const MIG_PROFILE = /^[1-9]g\.[1-9][0-9]*gb$/;

/** Name of what the device plugin hands out: whole GPUs, shares of them, or parts by MIG. */
export function resourceOf({ provider, sharing }: GpuPoolOptions): string {
  const whole = 'nvidia.com/gpu';
  if (sharing.mode !== 'mig' || providers[provider].modes.mig?.plainName === true) return whole;
  return `nvidia.com/mig-${sharing.profile}`;
}

/** What no type can say, or was cast away. */
export function complaintsAboutPool(options: GpuPoolOptions): string[] {
  const { provider, sharing } = options;
  const { title, modes } = providers[provider];
  const supported = Object.keys(modes);
  return [
    ...(Number.isInteger(options.gpus) && options.gpus > 0
      ? []
      : [`The pool has ${String(options.gpus)} GPUs; give the number of all its nodes.`]),
    ...(sharing.mode in modes
      ? []
      : [
          `The pool on ${title} shares GPUs by ${sharing.mode}, which is not supported there; use ${listed(supported)}, or another provider (${PROVIDERS.filter((one) => sharing.mode in providers[one].modes).join(', ')}).`,
        ]),
    ...complaintsAboutSharing(options, sharing),
  ];
}

function complaintsAboutSharing({ gpu }: GpuPoolOptions, sharing: Sharing): string[] {
  if (sharing.mode === 'whole') return [];
  if (sharing.mode !== 'mig') {
    const { replicas, mode } = sharing;
    if (Number.isInteger(replicas) && replicas > 1) return [];
    return [
      `The pool shares each GPU by ${mode} between ${String(replicas)} pods; give 2 or more.`,
    ];
  }
  const { profile } = sharing;
  const { mig } = gpus[gpu];
  if (mig === undefined) {
    const others = Object.entries(gpus).flatMap(([name, facts]) => (facts.mig ? [name] : []));
    return [`A ${gpu} cannot be cut by MIG; share it another way, or use ${listed(others)}.`];
  }
  const known = listed(Object.keys(mig));
  if (!MIG_PROFILE.test(profile)) {
    return [
      `The MIG profile ${JSON.stringify(profile)} is none: it names slices and memory, such as 1g.10gb; use ${known}.`,
    ];
  }
  return profile in mig
    ? []
    : [`A ${gpu} has no MIG profile ${JSON.stringify(profile)}; use ${known}.`];
}

const listed = (names: readonly string[]) =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
