import { judge, type SwitchedOff, type Waiver } from './exceptions';
import type { Finding } from './validator';

const finding = (
  object: string,
  message = 'few replicas',
  file = 'dist/prod/01.yaml',
): Finding => ({
  file,
  rule: 'replicas',
  object,
  message,
});
const waiver: Waiver = {
  validator: 'score',
  rule: 'replicas',
  object: 'Deployment/one',
  reason: 'One is enough.',
};
const off: SwitchedOff = { validator: 'score', rule: 'replicas', reason: 'Not for us.' };

test('a waiver is for one object, and for one validator', () => {
  const [one, other] = [finding('Deployment/one'), finding('Deployment/one-more')];
  const verdict = judge('score', [one, other], { waivers: [waiver], switchedOff: [] });
  expect(verdict).toEqual({ off: [], waived: [one], left: [other], unused: [] });
  expect(judge('other', [one], { waivers: [waiver], switchedOff: [] }).left).toEqual([one]);
});

test('a rule can be switched off by what it says, and in some environments', () => {
  const [prod, dev] = [finding('a/b'), finding('a/b', 'few replicas', 'rendered/dev/x.yaml')];
  const ask = (more: Partial<SwitchedOff>) =>
    judge('score', [prod, dev], { waivers: [], switchedOff: [{ ...off, ...more }] }).left;
  expect(ask({})).toEqual([]);
  expect(ask({ message: 'few' })).toEqual([]);
  expect(ask({ message: 'no' })).toEqual([prod, dev]);
  expect(ask({ environments: ['dev'] })).toEqual([prod]);
});

test('an exception that no finding needs is told', () => {
  const all = { waivers: [waiver], switchedOff: [off] };
  expect(judge('score', [], all).unused).toEqual([off, waiver]);
  // What is switched off needs no waiver.
  expect(judge('score', [finding('Deployment/one')], all).unused).toEqual([waiver]);
  expect(judge('other', [], all).unused).toEqual([]);
});
