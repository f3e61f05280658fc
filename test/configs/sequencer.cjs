const Sequencer = require('@jest/test-sequencer').default;

/** In the usual order, but what takes minutes to build comes last. */
module.exports = class extends Sequencer {
  sort(tests) {
    const isLate = ({ path }) => path.endsWith('kube-state-metrics.test.ts');
    const sorted = super.sort(tests);
    return [...sorted.filter((test) => !isLate(test)), ...sorted.filter(isLate)];
  }
};
