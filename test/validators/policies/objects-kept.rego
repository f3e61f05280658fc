package main

# What all objects have, and which must not be there.

deny contains finding("labels", resource, label) if {
	some resource in resources
	some name in {"instance", "part-of", "managed-by"}
	label := sprintf("app.kubernetes.io/%s", [name])
	not resource.metadata.labels[label]
}

deny contains finding("labels", pod.resource, label) if {
	some pod in pods
	some label in {"app.kubernetes.io/name", "app.kubernetes.io/instance"}
	not pod.metadata.labels[label]
}

no_namespace := {"Namespace", "ClusterRole", "ClusterRoleBinding", "PriorityClass", "RuntimeClass"}

deny contains finding("namespace", resource, "it lies in none of the platform") if {
	some resource in resources
	not resource.kind in no_namespace
	object.get(resource.metadata, "namespace", "default") in {"default", "kube-system", "kube-public"}
}

deny contains finding("no-secret", resource, "contents of Secrets are not for manifests") if {
	some resource in resources
	resource.kind == "Secret"
}

deny contains finding("namespace-pod-security", resource, "pods of all kinds may be made there") if {
	some resource in resources
	resource.kind == "Namespace"
	level := object.get(resource.metadata.labels, "pod-security.kubernetes.io/enforce", "privileged")
	level != "restricted"
	not is_exception(resource, "enforce", level)
}
