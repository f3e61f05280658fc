import type { Blueprint, TierPlan } from '../blueprint';
import { LaterFiles, type Files } from '../files';
import { tierChartYaml, umbrellaChartYaml } from './chart-yaml';
import { tierNotes, umbrellaNotes } from './notes';
import { tierSchemaJson, umbrellaSchemaJson } from './schema-json';
import { fileTemplate, helpersTpl, template } from './templates';
import {
  tierOverlayYaml,
  tierValuesYaml,
  umbrellaOverlayYaml,
  umbrellaValuesYaml,
} from './values-yaml';

const HELMIGNORE = '.DS_Store\n.git/\n.idea/\n.vscode/\n*.bak\n*.orig\n*.swp\n*.tmp\n*~\n';

/** The umbrella chart with a subchart per tier. */
export function chartFiles(blueprint: Blueprint): Files {
  const files: Prints = new Map([
    ['Chart.yaml', () => umbrellaChartYaml(blueprint)],
    ['.helmignore', () => HELMIGNORE],
    ['values.yaml', () => umbrellaValuesYaml(blueprint)],
    ['values.schema.json', () => umbrellaSchemaJson(blueprint)],
    ['templates/NOTES.txt', () => umbrellaNotes(blueprint)],
  ]);
  for (const overlay of [...blueprint.environments, ...blueprint.overlays]) {
    files.set(`values-${overlay.name}.yaml`, () => umbrellaOverlayYaml(blueprint, overlay));
  }
  for (const tier of blueprint.tiers) {
    for (const [path, print] of tierFiles(blueprint, tier))
      files.set(`charts/${tier.name}/${path}`, print);
  }
  return new LaterFiles(files);
}

type Prints = Map<string, () => string>;

function tierFiles(blueprint: Blueprint, tier: TierPlan): Prints {
  const files: Prints = new Map([
    ['Chart.yaml', () => tierChartYaml(blueprint, tier)],
    ['.helmignore', () => HELMIGNORE],
    ['values.yaml', () => tierValuesYaml(blueprint, tier)],
    ['values.schema.json', () => tierSchemaJson(tier.chartSchema)],
    ['templates/NOTES.txt', () => tierNotes(tier)],
  ]);
  if (tier.helpers.size > 0 || tier.usesImages)
    files.set('templates/_helpers.tpl', () => helpersTpl(tier));
  for (const resource of tier.resources)
    files.set(`templates/${resource.path}`, () => template(resource));
  for (const file of tier.files.values()) files.set(`files/${file.path}`, () => fileTemplate(file));
  for (const overlay of [...blueprint.environments, ...blueprint.overlays]) {
    files.set(`values-${overlay.name}.yaml`, () => tierOverlayYaml(blueprint, tier, overlay));
  }
  return files;
}
