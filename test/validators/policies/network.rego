package main

# Who may talk to whom, and how the platform is reached.

deny contains finding("service-type", resource, resource.spec.type) if {
	some resource in resources
	resource.kind == "Service"
	resource.spec.type in {"NodePort", "LoadBalancer", "ExternalName"}
}

deny contains finding("external-ips", resource, "anybody's traffic can be had by them") if {
	some resource in resources
	resource.kind == "Service"
	count(resource.spec.externalIPs) > 0
}

deny contains finding("ingress-host", resource, "it takes the requests for all hosts") if {
	some resource in resources
	resource.kind == "Ingress"
	some rule in resource.spec.rules
	object.get(rule, "host", "*") in {"", "*"}
}

deny contains finding("ingress-tls", resource, rule.host) if {
	some resource in resources
	resource.kind == "Ingress"
	some rule in resource.spec.rules
	not rule.host in {host | host := resource.spec.tls[_].hosts[_]}
}

deny contains finding("default-deny", pod.resource, "no policy refuses all traffic to and from it") if {
	some pod in pods
	not pod.spec.hostNetwork
	not has_default_deny(pod)
}

has_default_deny(pod) if {
	some policy in resources
	policy.kind == "NetworkPolicy"
	policy.metadata.namespace == pod.resource.metadata.namespace
	{"Ingress", "Egress"} == {type | some type in policy.spec.policyTypes}
	count(object.get(policy.spec, "ingress", [])) == 0
	every label, value in object.get(policy.spec.podSelector, "matchLabels", {}) {
		pod.metadata.labels[label] == value
	}
	count(object.get(policy.spec.podSelector, "matchExpressions", [])) == 0
}

deny contains finding("open-to-all", resource, "everybody may come in") if {
	some resource in resources
	resource.kind == "NetworkPolicy"
	some rule in resource.spec.ingress
	count(object.get(rule, "from", [])) == 0
}

deny contains finding("open-to-all", resource, "it may go everywhere") if {
	some resource in resources
	resource.kind == "NetworkPolicy"
	some rule in resource.spec.egress
	count(object.get(rule, "to", [])) == 0
	count(object.get(rule, "ports", [])) == 0
}
