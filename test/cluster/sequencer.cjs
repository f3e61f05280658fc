const { basename } = require('node:path');
const Sequencer = require('@jest/test-sequencer').default;

/** How many seconds a file took, all parts at a time: only their balance depends on it. */
const SECONDS = {
  'plain.test.ts': 200,
  'helm.test.ts': 180,
  'control-plane.test.ts': 80,
  'rolling-update.test.ts': 125,
  'node-loss.test.ts': 105,
  'autoscaling.test.ts': 88,
  'upgrade-platform.test.ts': 74,
  'prune.test.ts': 73,
  'drain.test.ts': 63,
  'autoscaling-switch.test.ts': 56,
  'live.test.ts': 56,
  'gpu-scheduling.test.ts': 52,
  'faults.test.ts': 47,
  'admission.test.ts': 45,
  'volume-growth.test.ts': 28,
  'upgrade.test.ts': 28,
  'previous.test.ts': 26,
  'dev-secrets.test.ts': 15,
  'foreign.test.ts': 14,
  'agents.test.ts': 12,
  'dev-secrets-job.test.ts': 10,
  'network.test.ts': 8,
  'immutable.test.ts': 6,
};

const seconds = ({ path }) => SECONDS[basename(path)] ?? 60;
const longestFirst = (tests) =>
  [...tests].sort((a, b) => seconds(b) - seconds(a) || (a.path < b.path ? -1 : 1));

/** Parts that take about as long as each other; in each, the longest file comes first. */
module.exports = class extends Sequencer {
  shard(tests, { shardIndex, shardCount }) {
    const parts = Array.from({ length: shardCount }, () => ({ total: 0, tests: [] }));
    for (const test of longestFirst(tests)) {
      const least = parts.reduce((a, b) => (b.total < a.total ? b : a));
      least.tests.push(test);
      least.total += seconds(test);
    }
    return parts[shardIndex - 1].tests;
  }

  sort(tests) {
    return longestFirst(tests);
  }
};
