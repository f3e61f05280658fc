package main

# Pods and their containers, and what they may do on their node.
#
# A call within "not" is false, too, where what it is given is not there: such conditions have a name.

is_non_root(entry) if security(entry, "runAsNonRoot") == true

has_user(entry) if security(entry, "runAsUser") > 0

drops_all(entry) if "ALL" in entry.container.securityContext.capabilities.drop

has_seccomp(entry) if security(entry, "seccompProfile").type in {"RuntimeDefault", "Localhost"}

deny contains finding("run-as-non-root", entry.pod.resource, entry.container.name) if {
	some entry in containers
	not is_non_root(entry)
	not is_exception(entry.pod, "runAsNonRoot", false)
}

deny contains finding("run-as-user", entry.pod.resource, entry.container.name) if {
	some entry in containers
	not has_user(entry)
	not is_exception(entry.pod, "runAsUser", 0)
}

deny contains finding("privileged", entry.pod.resource, entry.container.name) if {
	some entry in containers
	entry.container.securityContext.privileged == true
	not is_exception(entry.pod, "privileged", true)
}

deny contains finding("privilege-escalation", entry.pod.resource, entry.container.name) if {
	some entry in containers
	not entry.container.securityContext.allowPrivilegeEscalation == false
	not is_exception(entry.pod, "allowPrivilegeEscalation", true)
}

deny contains finding("read-only-root", entry.pod.resource, entry.container.name) if {
	some entry in containers
	not entry.container.securityContext.readOnlyRootFilesystem == true
}

deny contains finding("capabilities-drop", entry.pod.resource, entry.container.name) if {
	some entry in containers
	not drops_all(entry)
	not is_exception(entry.pod, "capabilities.drop", "missing")
}

deny contains finding("capabilities-add", entry.pod.resource, capability) if {
	some entry in containers
	some capability in entry.container.securityContext.capabilities.add
	not is_exception(entry.pod, sprintf("capabilities.add.%s", [capability]), capability)
}

deny contains finding("seccomp", entry.pod.resource, entry.container.name) if {
	some entry in containers
	not has_seccomp(entry)
}

deny contains finding("host-namespaces", pod.resource, field) if {
	some pod in pods
	some field in {"hostNetwork", "hostPID", "hostIPC"}
	pod.spec[field] == true
	not is_exception(pod, field, true)
}

deny contains finding("host-path", pod.resource, volume.name) if {
	some pod in pods
	some volume in pod.spec.volumes
	path := volume.hostPath.path
	not is_exception(pod, sprintf("hostPath.%s", [volume.name]), path)
}

deny contains finding("host-ports", entry.pod.resource, sprintf("%d", [port])) if {
	some entry in containers
	port := entry.container.ports[_].hostPort
	not is_exception(entry.pod, sprintf("hostPorts.%d", [port]), port)
}

deny contains finding("empty-dir-size", pod.resource, volume.name) if {
	some pod in pods
	some volume in pod.spec.volumes
	volume.emptyDir
	not volume.emptyDir.sizeLimit
}

deny contains finding("image-tag", entry.pod.resource, entry.container.image) if {
	some entry in containers
	not is_pinned(entry.container.image)
}

is_pinned(image) if contains(image, "@sha256:")

is_pinned(image) if {
	path := split(image, "/")
	[_, tag] := split(path[count(path) - 1], ":")
	not tag in {"", "latest"}
}

deny contains finding("image-registry", entry.pod.resource, entry.container.image) if {
	some entry in containers
	not has_registry(entry.container.image)
}

has_registry(image) if {
	path := split(image, "/")
	count(path) > 1
	contains(path[0], ".")
}

deny contains finding("resources", entry.pod.resource, sprintf("%s: %s", [entry.container.name, path])) if {
	some entry in containers
	some [kind, name] in [["requests", "cpu"], ["requests", "memory"], ["limits", "memory"]]
	path := sprintf("%s.%s", [kind, name])
	not entry.container.resources[kind][name]
}

deny contains finding("secret-in-env", entry.pod.resource, variable.name) if {
	some entry in containers
	some variable in entry.container.env
	regex.match(`(?i)(password|passwd|token|secret|api_?key)$`, variable.name)
	variable.value != ""

	# A path tells where the secret lies.
	not startswith(variable.value, "/")
}
