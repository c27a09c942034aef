//go:build tools

// Package tools names the one program that is built here: kwok plays the nodes of a fleet and the pods on them.
package tools

import _ "sigs.k8s.io/kwok/cmd/kwok"
