import { ApiObject, type ApiObjectMetadata, type GroupVersionKind } from 'cdk8s';
import type { Construct } from 'constructs';

/*
 * A class as `cdk8s import` writes it for a custom resource: props in camel case, and functions
 * that turn each part into JSON and drop what is undefined.
 */

export interface PrometheusRuleProps {
  readonly metadata?: ApiObjectMetadata;
  readonly spec: PrometheusRuleSpec;
}
export interface PrometheusRuleSpec {
  readonly groups?: PrometheusRuleSpecGroups[];
}
export interface PrometheusRuleSpecGroups {
  readonly interval?: string;
  readonly name: string;
  readonly rules?: PrometheusRuleSpecGroupsRules[];
}
export interface PrometheusRuleSpecGroupsRules {
  readonly alert?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels?: Record<string, string>;
  readonly record?: string;
}

export class PrometheusRule extends ApiObject {
  public static readonly GVK: GroupVersionKind = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
  };

  public constructor(scope: Construct, id: string, props: PrometheusRuleProps) {
    super(scope, id, { ...PrometheusRule.GVK, ...props });
  }

  public override toJson(): object {
    const resolved = super.toJson() as PrometheusRuleProps;
    return { ...PrometheusRule.GVK, ...toJson_PrometheusRuleProps(resolved) };
  }
}

function toJson_PrometheusRuleProps(obj: PrometheusRuleProps): object {
  return withoutUndefined({
    metadata: obj.metadata,
    spec: toJson_PrometheusRuleSpec(obj.spec),
  });
}

function toJson_PrometheusRuleSpec(obj: PrometheusRuleSpec): object {
  return withoutUndefined({
    groups: obj.groups?.map((y) => toJson_PrometheusRuleSpecGroups(y)),
  });
}

function toJson_PrometheusRuleSpecGroups(obj: PrometheusRuleSpecGroups): object {
  return withoutUndefined({
    interval: obj.interval,
    name: obj.name,
    rules: obj.rules?.map((y) => toJson_PrometheusRuleSpecGroupsRules(y)),
  });
}

function toJson_PrometheusRuleSpecGroupsRules(obj: PrometheusRuleSpecGroupsRules): object {
  return withoutUndefined({
    alert: obj.alert,
    expr: obj.expr,
    for: obj.for,
    labels: obj.labels === undefined ? undefined : withoutUndefined(obj.labels),
    record: obj.record,
  });
}

function withoutUndefined(result: object): object {
  return Object.entries(result).reduce(
    (r, i) => (i[1] === undefined ? r : { ...r, [i[0]]: i[1] as unknown }),
    {},
  );
}
