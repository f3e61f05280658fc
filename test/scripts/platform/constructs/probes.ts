export interface ProbeProps {
  readonly path: string;
  readonly seconds: number;
}

/** Both probes of a container. */
export function probes({ path, seconds }: ProbeProps) {
  const httpGet = { path, port: 'http' };
  return {
    livenessProbe: { httpGet, periodSeconds: seconds },
    readinessProbe: {
      httpGet,
      periodSeconds: 1,
    },
  };
}
