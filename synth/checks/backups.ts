import { once } from '../once';
import { show } from '../problems';
import { check, finding } from './check';
import { at, listAt, textAt } from './json';
import type { Item, World } from './world';

/** On a CronJob or its pods: the StatefulSets of its namespace that it backs up. */
export const BACKS_UP = 'twinchart.dev/backs-up';

export const storeWithoutBackup = check({
  id: 'store-without-backup',
  rule: `A StatefulSet that keeps data has a CronJob with the annotation ${BACKS_UP} that names it.`,
  why: 'A volume survives its pods, but neither a mistake nor the loss of its disk.',
  remedy:
    'Annotate the CronJob that backs it up, or its pods; where the data can be lost, waive the check and say why.',
  *find(world) {
    const saved = new Set(
      backupsIn(world)
        .filter(({ job }) => at(job.json, 'spec', 'suspend') !== true)
        .map(({ job, store }) => `${job.namespace}/${store}`),
    );
    for (const item of world.ofType('StatefulSet')) {
      const claims = listAt(item.json, 'spec', 'volumeClaimTemplates');
      if (claims.length === 0 || saved.has(`${item.namespace}/${item.name}`)) continue;
      const names = claims.map((claim) => textAt(claim, 'metadata', 'name')).join(', ');
      yield finding(
        item,
        `/spec/volumeClaimTemplates keeps ${names}, but no CronJob that runs has the annotation ${BACKS_UP}: ${item.name}; annotate the one that backs it up, or waive this check and say why the data can be lost`,
      );
    }
  },
});

export const backupOfNothing = check({
  id: 'backup-of-nothing',
  rule: `The annotation ${BACKS_UP} names a StatefulSet of the namespace.`,
  why: 'A backup that names another store, or one that is gone, makes people feel safe.',
  remedy: 'Correct the name, or remove the annotation.',
  *find(world) {
    for (const { job, store } of backupsIn(world)) {
      if (world.find('StatefulSet', job.namespace, store) !== undefined) continue;
      yield finding(
        job,
        `the annotation ${BACKS_UP} names ${show(store)}, but no StatefulSet of that name is made in its namespace; correct the name, or remove the annotation`,
      );
    }
  },
});

const PLACES: readonly (readonly string[])[] = [[], ['spec', 'jobTemplate', 'spec', 'template']];

/** Which CronJob says that it backs up which store. */
export const backupsIn = once((world: World): readonly { job: Item; store: string }[] =>
  world.ofType('CronJob').flatMap((job) => {
    const texts = PLACES.map((place) =>
      textAt(job.json, ...place, 'metadata', 'annotations', BACKS_UP),
    );
    const stores = texts.flatMap((text) => text.split(/[ ,]+/)).filter((name) => name !== '');
    return [...new Set(stores)].map((store) => ({ job, store }));
  }),
);
