import type { Files } from '../chart';
import type { Told } from '../checks/world';
import { model, type Model } from '../model';
import { architecturePage } from './architecture-page';
import { checksPage } from './checks-page';
import { podSecurityPage } from './pod-security-page';
import { portsPage } from './ports-page';
import { servicesJson, servicesSchema } from './services-json';
import { servicesPage } from './services-page';

type Page = (told: Told, platform: Model) => string | undefined;

/** The generated pages, by path in the folder of docs; undefined where there is nothing to tell. */
const PAGES: Readonly<Record<string, Page>> = {
  'architecture.md': (_, platform) => architecturePage(platform),
  'checks.md': checksPage,
  'pod-security.md': podSecurityPage,
  'ports.md': ({ options: { ports } }) => ports && portsPage(ports),
  'services.json': (_, platform) => servicesJson(platform),
  'services.md': (_, platform) => servicesPage(platform),
  'services.schema.json': servicesSchema,
};

export function docsFiles(told: Told): Files {
  const platform = model(told);
  const pages = Object.entries(PAGES).map(([path, text]) => [path, text(told, platform)] as const);
  return new Map(pages.filter((one): one is readonly [string, string] => one[1] !== undefined));
}
