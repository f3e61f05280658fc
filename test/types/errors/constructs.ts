import {
  CronJob,
  Job,
  StatefulStore,
  WebService,
  httpProbes,
  telemetry,
  type BatchOptions,
  type Probe,
  type StatefulStoreOptions,
  type StoreLogin,
  type WebServiceOptions,
} from '../../../constructs';
import type { AppTier, DataTier } from '../../constructs/fixture';

/* The constructs: what excludes each other, is missing or unknown is no program. */

declare const app: AppTier;
declare const data: DataTier;
declare const options: WebServiceOptions;
declare const batch: BatchOptions;
declare const store: StatefulStoreOptions;
const { values } = options;
const web = new WebService(app, 'web', options);
const [httpGet, tcpSocket, exec] = [{ port: 'http' }, { port: 'http' }, { command: ['true'] }];

export const http: Probe = { httpGet, periodSeconds: 5 };
// TS2322: Type '{ httpGet: { port: string; }; tcpSocket: { port: string; }; }' is not assignable to
// type 'Probe'.
// … Type '{ port: string; }' is not assignable to type 'undefined'.
export const httpAndTcp: Probe = { httpGet, tcpSocket };
// TS2322: Type '{ tcpSocket: { port: string; }; exec: { command: string[]; }; }' is not assignable
// to type 'Probe'.
// … Type '{ command: string[]; }' is not assignable to type 'undefined'.
export const tcpAndExec: Probe = { tcpSocket, exec };
// TS2322: Type '{ exec: { command: string[]; }; httpGet: { port: string; }; periodSeconds: number;
// }' is not assignable to type 'Probe'.
// … Type '{ port: string; }' is not assignable to type 'undefined'.
export const execAndHttp: Probe = { exec, httpGet, periodSeconds: 5 };
// TS2322: Type '{ periodSeconds: number; }' is not assignable to type 'Probe'.
// … Property 'exec' is missing in type '{ periodSeconds: number; }' but required in type 'Exec'.
export const noHandler: Probe = { periodSeconds: 5 };
// TS2561: Object literal may only specify known properties, but 'periodSecond' does not exist in
// type 'TcpSocket & Partial<Timing>'. Did you mean to write 'periodSeconds'?
export const slip: Probe = { tcpSocket, periodSecond: 5 };
// TS2322: Type '{ path: string; }' is not assignable to type 'DeepObject<V1HTTPGetAction>'.
// … Property 'port' is missing in type '{ path: string; }' but required in type
// 'DeepFields<V1HTTPGetAction>'.
export const noPort: Probe = { httpGet: { path: '/health' } };
// TS2345: Argument of type '{ liveness: string; }' is not assignable to parameter of type '{
// readonly liveness: string; readonly readiness: string; }'.
// … Property 'readiness' is missing in type '{ liveness: string; }' but required in type '{
// readonly liveness: string; readonly readiness: string; }'.
export const oneQuestion = httpProbes({ liveness: '/health' });

declare const withoutProbes: Omit<WebServiceOptions, 'probes'>;
// TS2741: Property 'probes' is missing in type 'Omit<WebServiceOptions, "probes">' but required in
// type 'WebServiceOptions'.
export const noProbes: WebServiceOptions = withoutProbes;
// TS2353: Object literal may only specify known properties, and 'replicas' does not exist in type
// 'WebServiceOptions'.
export const unknownOption: WebServiceOptions = { ...options, replicas: 2 };
// TS2322: Type 'string' is not assignable to type 'number'.
export const textPort: WebServiceOptions['ports'] = { http: '3100' };
// TS2322: Type 'Value<number>' is not assignable to type 'number'.
export const valuePort: WebServiceOptions['ports'] = { http: values.replicas };
// TS2322: Type 'string' is not assignable to type 'number'.
export const textUser: WebServiceOptions['run'] = { user: 'node' };

// TS2345: Argument of type 'string' is not assignable to parameter of type 'ServiceEndpoint'.
web.connectsTo('db.example.org');
// TS2345: Argument of type 'StatefulStore' is not assignable to parameter of type
// 'ServiceEndpoint'.
// … Type 'StatefulStore' is missing the following properties from type 'ServiceEndpoint': port,
// secretKeys, build
web.connectsTo(new StatefulStore(data, 'db', store));
// TS2353: Object literal may only specify known properties, and 'required' does not exist in type
// 'ConnectionOptions'.
web.connectsTo(web.endpoint, { required: false });
// TS2322: Type 'number' is not assignable to type 'Val<string>'.
web.env({ PORT: 3100 });
// TS2345: Argument of type '{ name: string; mount: string; keys: string[]; }' is not assignable to
// parameter of type 'SecretOptions'.
// … Property 'why' is missing in type '{ name: string; mount: string; keys: string[]; }' but required
// in type 'SecretOptions'.
web.secret('login', { name: 'login', mount: '/run/login', keys: ['password'] });
// TS2322: Type 'string' is not assignable to type 'readonly string[]'.
web.secret('login', { name: 'login', mount: '/run/login', keys: 'password', why: 'Login.' });
// TS2345: Argument of type 'MapValue<{ enabled: boolean; count: number; }> & { readonly enabled:
// Value<boolean>; readonly count: Value<number>; }' is not assignable to parameter of type
// 'MapValue<{ host: string; port: number; }> & { readonly host: Value<string>; readonly port:
// Value<number>; }'.
// … Type '{ enabled: boolean; count: number; }' is missing the following properties from type '{
// host: string; port: number; }': host, port
telemetry(web, app.values.web.gpu);

// TS2379: Argument of type 'BatchOptions' is not assignable to parameter of type 'JobOptions' with
// 'exactOptionalPropertyTypes: true'. Consider adding 'undefined' to the types of the target's
// properties.
// … Property 'revision' is missing in type 'BatchOptions' but required in type 'JobOptions'.
export const noRevision = new Job(data, 'task', batch);
// TS2322: Type 'number' is not assignable to type 'Val<string>'.
export const numericSchedule = new CronJob(data, 'task', { ...batch, schedule: 5 });
// TS2322: Type '"both"' is not assignable to type '"shared" | "accounts"'.
export const clients: StoreLogin['clients'] = 'both';

// TS2365: Operator '+' cannot be applied to types 'Value<number>' and 'number'.
export const sum = values.replicas + 1;
// TS2365: Operator '>' cannot be applied to types 'Value<number>' and 'number'.
export const comparison = values.replicas > 1;
