import type { Files } from '../chart';
import type { Told } from '../checks/world';
import { checksPage } from './checks-page';

/** The generated pages, by path in the folder of docs. */
const PAGES: Readonly<Record<string, (told: Told) => string>> = {
  'checks.md': checksPage,
};

export const docsFiles = (told: Told): Files =>
  new Map(Object.entries(PAGES).map(([path, text]) => [path, text(told)]));
