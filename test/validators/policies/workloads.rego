package main

# How workloads are run: probes, copies, ends.

deny contains finding("liveness-probe", entry.pod.resource, entry.container.name) if {
	some entry in containers
	is_server(entry.pod)
	count(entry.container.ports) > 0
	not entry.container.livenessProbe
}

# Of a pod with several containers one may tell for all: an exporter that fails takes no server away.
deny contains finding("readiness-probe", pod.resource, "no container tells when it is ready") if {
	some pod in pods
	is_server(pod)
	count([port | port := pod.spec.containers[_].ports[_]]) > 0
	count([probe | probe := pod.spec.containers[_].readinessProbe]) == 0
}

deny contains finding("same-probes", entry.pod.resource, entry.container.name) if {
	some entry in containers
	entry.container.livenessProbe == entry.container.readinessProbe
}

# Without a number an autoscaler sets it.
has_copies(resource) if {
	resource.kind in {"Deployment", "StatefulSet"}
	object.get(resource.spec, "replicas", 2) > 1
}

deny contains finding("spread", resource, "copies may all be on one node") if {
	some resource in resources
	has_copies(resource)
	topologies := {one.topologyKey | one := resource.spec.template.spec.topologySpreadConstraints[_]}
	not "kubernetes.io/hostname" in topologies
}

deny contains finding("disruption-budget", resource, "it lets no pod go") if {
	some resource in resources
	resource.kind == "PodDisruptionBudget"
	lets_nothing_go(resource.spec)
}

lets_nothing_go(spec) if spec.maxUnavailable in {0, "0", "0%"}

lets_nothing_go(spec) if spec.minAvailable == "100%"

# A pod that is not ready any more would keep its node from being drained.
deny contains finding("disruption-budget", resource, "it keeps pods that are not ready") if {
	some resource in resources
	resource.kind == "PodDisruptionBudget"
	not resource.spec.unhealthyPodEvictionPolicy == "AlwaysAllow"
}

jobs contains {"resource": resource, "spec": resource.spec} if {
	some resource in resources
	resource.kind == "Job"
}

jobs contains {"resource": resource, "spec": resource.spec.jobTemplate.spec} if {
	some resource in resources
	resource.kind == "CronJob"
}

deny contains finding("job-ends", job.resource, field) if {
	some job in jobs
	some field in {"activeDeadlineSeconds", "backoffLimit"}
	not has_number(job.spec, field)
}

has_number(spec, field) if is_number(spec[field])

deny contains finding("cron-job", resource, "it may run twice at a time") if {
	some resource in resources
	resource.kind == "CronJob"
	object.get(resource.spec, "concurrencyPolicy", "Allow") == "Allow"
}

deny contains finding("cron-job", resource, "it may start at any time later") if {
	some resource in resources
	resource.kind == "CronJob"
	not resource.spec.startingDeadlineSeconds
}
