import { isMap } from './merge';
import type { Json, MapEntry } from './node';

/** Whether it is the key of a list of containers. */
export const isOfContainers = (key: string): boolean =>
  key === 'containers' || key === 'initContainers';

/** The images that an object's containers run. */
export function imagesOf(json: Json): string[] {
  const images: string[] = [];
  addImages(json, images);
  return images;
}

/** Adds those of an object, or of a part of one: lists of short lists would be most of the work. */
export function addImages(json: Json, to: string[]): void {
  if (typeof json !== 'object') return;
  if (Array.isArray(json)) for (const item of json) addImages(item, to);
  else for (const key of Object.keys(json)) addImagesOfField(key, json[key] as Json, to);
}

export function addImagesOfField(key: string, value: Json, to: string[]): void {
  if (typeof value !== 'object') return;
  if (isOfContainers(key) && Array.isArray(value)) addImagesOfContainers(value, to);
  else addImages(value, to);
}

export function addImagesOfContainers(containers: readonly Json[], to: string[]): void {
  for (const container of containers) {
    const image = isMap(container) ? container['image'] : undefined;
    if (typeof image === 'string') to.push(image);
  }
}

/** Whether the entry can bring the image of its container. */
export function mayBringImage(entry: MapEntry): boolean {
  switch (entry.kind) {
    case 'field':
    case 'omitEmpty':
      return entry.key === 'image';
    case 'spread':
      return true;
    case 'include':
      return entry.entries.some(mayBringImage);
    case 'block':
      return entry.then.some(mayBringImage) || entry.otherwise.some(mayBringImage);
  }
}
