package main

# Who may ask the API server for what.

deny contains finding("service-account", pod.resource, "it shares that of its namespace") if {
	some pod in pods
	object.get(pod.spec, "serviceAccountName", "default") == "default"
	not pod.spec.automountServiceAccountToken == false
}

may_have_token(pod) if pod.spec.automountServiceAccountToken == false

# A token is of use only to an account that is allowed something; why, stands in the pod.
may_have_token(pod) if {
	count(pod.metadata.annotations["twinchart.dev/service-account-token"]) > 10
	some binding in resources
	binding.kind in {"RoleBinding", "ClusterRoleBinding"}
	some subject in binding.subjects
	subject.name == pod.spec.serviceAccountName
	subject.namespace == pod.resource.metadata.namespace
}

deny contains finding("token", pod.resource, "it has one that it does not need") if {
	some pod in pods
	not may_have_token(pod)
}

roles contains {"resource": resource, "rule": rule} if {
	some resource in resources
	resource.kind in {"Role", "ClusterRole"}
	some rule in resource.rules
}

deny contains finding("rbac-wildcard", role.resource, field) if {
	some role in roles
	some field in {"verbs", "resources", "apiGroups"}
	"*" in role.rule[field]
}

deny contains finding("rbac-escalation", role.resource, verb) if {
	some role in roles
	some verb in {"bind", "escalate", "impersonate"}
	verb in role.rule.verbs
}

deny contains finding("rbac-secrets", role.resource, "it reads those of all namespaces") if {
	some role in roles
	role.resource.kind == "ClusterRole"
	"secrets" in role.rule.resources
}

deny contains finding("rbac-admin", resource, resource.roleRef.name) if {
	some resource in resources
	resource.kind in {"RoleBinding", "ClusterRoleBinding"}
	resource.roleRef.name in {"cluster-admin", "admin", "edit"}
}
