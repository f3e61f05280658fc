const { basename } = require('node:path');
const Sequencer = require('@jest/test-sequencer').default;

/** How many seconds a file took, all parts at a time: only their balance depends on it. */
const SECONDS = {
  'plain.test.ts': 230,
  'helm.test.ts': 173,
  'rolling-update.test.ts': 107,
  'node-loss.test.ts': 103,
  'autoscaling.test.ts': 95,
  'live.test.ts': 90,
  'upgrade-platform.test.ts': 77,
  'prune.test.ts': 74,
  'faults.test.ts': 69,
  'autoscaling-switch.test.ts': 66,
  'drain.test.ts': 61,
  'gpu-scheduling.test.ts': 59,
  'control-plane.test.ts': 55,
  'admission.test.ts': 56,
  'upgrade.test.ts': 47,
  'previous.test.ts': 36,
  'volume-growth.test.ts': 30,
  'agents.test.ts': 22,
  'network.test.ts': 15,
  'dev-secrets.test.ts': 15,
  'dev-secrets-job.test.ts': 10,
  'foreign.test.ts': 9,
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
