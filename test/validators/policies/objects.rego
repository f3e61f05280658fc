package main

# What the policies look at: all objects of an environment at once (conftest test --combine).

resources contains resource if {
	resource := input[_].contents
	is_object(resource)
}

finding(rule, resource, what) := {
	"rule": rule,
	"object": sprintf("%s/%s", [resource.kind, resource.metadata.name]),
	"msg": what,
}

pods contains {"resource": resource, "metadata": template.metadata, "spec": template.spec} if {
	some resource in resources
	template := template_of(resource)
}

template_of(resource) := resource.spec.template if {
	resource.kind in {"Deployment", "StatefulSet", "DaemonSet", "Job"}
}

template_of(resource) := resource.spec.jobTemplate.spec.template if resource.kind == "CronJob"

template_of(resource) := resource if resource.kind == "Pod"

containers contains {"pod": pod, "container": container} if {
	some pod in pods
	some field in {"containers", "initContainers"}
	some container in pod.spec[field]
}

is_server(pod) if pod.resource.kind in {"Deployment", "StatefulSet", "DaemonSet"}

# The value of a container, else that of its pod.
security(entry, field) := value if {
	value := entry.container.securityContext[field]
} else := entry.pod.spec.securityContext[field]

# The platform's own exceptions from Pod Security stand in the pod, each with its value and a reason.
is_exception(pod, what, value) if {
	note := pod.metadata.annotations[sprintf("twinchart.dev/pod-security.%s", [what])]
	startswith(note, sprintf("%v: ", [value]))
	count(note) > count(sprintf("%v: ", [value])) + 10
}
