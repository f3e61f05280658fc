import type { Told } from '../checks/world';
import { LaterFiles, type Files } from '../files';
import { model } from '../model';
import { once } from '../once';
import { architecturePage } from './architecture-page';
import { checksPage } from './checks-page';
import { podSecurityPage } from './pod-security-page';
import { portsPage } from './ports-page';
import { servicesJson, servicesSchema } from './services-json';
import { servicesPage } from './services-page';

/** The generated pages, by path in the folder of docs. */
export function docsFiles(told: Told): Files {
  const platform = once(model);
  const { ports } = told.options;
  return new LaterFiles([
    ['architecture.md', () => architecturePage(platform(told))],
    ['checks.md', () => checksPage(told)],
    ['pod-security.md', () => podSecurityPage(told)],
    ...(ports === undefined ? [] : [['ports.md', () => portsPage(ports)] as const]),
    ['services.json', () => servicesJson(platform(told))],
    ['services.md', () => servicesPage(platform(told))],
    ['services.schema.json', servicesSchema],
  ]);
}
