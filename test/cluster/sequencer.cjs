const { basename } = require('node:path');
const Sequencer = require('@jest/test-sequencer').default;

/** About how many seconds a file takes: only the balance of the parts depends on it. */
const SECONDS = {
  'plain.test.ts': 120,
  'helm.test.ts': 115,
  'node-loss.test.ts': 100,
  'control-plane.test.ts': 85,
  'rolling-update.test.ts': 80,
  'autoscaling.test.ts': 65,
  'autoscaling-switch.test.ts': 45,
  'volume-growth.test.ts': 40,
  'faults.test.ts': 40,
  'admission.test.ts': 40,
  'drain.test.ts': 40,
  'gpu-scheduling.test.ts': 40,
  'prune.test.ts': 35,
  'upgrade-platform.test.ts': 60,
  'live.test.ts': 30,
  'previous.test.ts': 25,
  'upgrade.test.ts': 20,
  'agents.test.ts': 20,
  'dev-secrets-job.test.ts': 15,
  'network.test.ts': 12,
  'dev-secrets.test.ts': 12,
  'foreign.test.ts': 12,
  'immutable.test.ts': 10,
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
