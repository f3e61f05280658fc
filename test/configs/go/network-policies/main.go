// Reads network policies and traffic as JSON, and writes which of it cyclonus lets through.
package main

import (
	"encoding/json"
	"log"
	"os"

	"github.com/mattfenwick/cyclonus/pkg/matcher"
	networking "k8s.io/api/networking/v1"
)

func main() {
	log.SetFlags(0)
	var given struct {
		Policies []*networking.NetworkPolicy
		Traffic  []*matcher.Traffic
	}
	if err := json.NewDecoder(os.Stdin).Decode(&given); err != nil {
		log.Fatal(err)
	}
	policy := matcher.BuildNetworkPolicies(false, given.Policies)
	allowed := make([]bool, len(given.Traffic))
	for i, one := range given.Traffic {
		allowed[i] = policy.IsTrafficAllowed(one).IsAllowed()
	}
	if err := json.NewEncoder(os.Stdout).Encode(allowed); err != nil {
		log.Fatal(err)
	}
}
