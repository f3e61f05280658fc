/**
 * Writes the last text of a program and ends its process, if nothing else is going on there. Node itself
 * first waits until V8 has compiled and collected in the background what nobody needs any more, 20 ms in a
 * run of half a second. What the caller does right after this call is still done.
 */
export function endWith(stream: 'stdout' | 'stderr', text: string): void {
  const isBusy = resources().length > 0;
  process[stream].write(text, () => {
    setImmediate(() => {
      if (isBusy || resources().length > own || process.listenerCount('beforeExit') > 0) return;
      process.exit();
    });
  });
  // The stream itself, if it is no file; what a full pipe has not taken yet is gone when it is written.
  const own = resources().filter((resource) => !resource.includes('Write')).length;
}

/** Kinds of open sockets, pipes, timers, processes and requests. */
const resources = () => process.getActiveResourcesInfo();
