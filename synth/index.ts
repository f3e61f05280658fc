/** The engine: values, manifests, tiers and the two twins made from them. */
export { ChartOnly, Late, Manifest, When } from './constructs';
export type { ChartInfo } from './blueprint';
export type { Deep, DeepObject } from './deep';
export { Endpoint } from './endpoint';
export { withOverlay, type Environment, type NamedOverlay, type Overlay } from './environment';
export { image, imageSchema, type ImageValues } from './image';
export type { Container, Kind, ManifestLiteral, PodSpec } from './kinds';
export {
  and,
  b64,
  concat,
  eq,
  ge,
  gt,
  max,
  min,
  minus,
  not,
  notEmpty,
  or,
  orElse,
  plus,
  sha256,
  shortHash,
  ternary,
  times,
} from './operators';
export type { LinkOptions } from './link';
export { modelOf, type Model, type System } from './model';
export { outline } from './outline';
export { Platform, type PlatformOptions } from './platform';
export { portRegistry, type PortRegistry } from './ports';
export { ProblemsError, type Problem } from './problems';
export type { CheckId } from './checks';
export { podSecurityException } from './checks/pod-security/exceptions';
export type { ControlId } from './checks/pod-security/controls';
export type { Waiver } from './checks/waivers';
export {
  dnsLabel,
  dnsName,
  optionalDnsName,
  port,
  quantity,
  structuralList,
  structuralMap,
  type Structural,
} from './schema';
export { each, omitEmpty, when, whenItems } from './structure';
export { sourceFile } from './source-file';
export { run, synth, type SynthSummary } from './synthesize';
export { tiersOf, type AnyTier, type Tier, type TierClass, type TierOptions } from './tier';
export { describeValue } from './value';
export type { Conditional, Each, ListValue, MapValue, Val, Value, Values } from './value';
