// Command kube is a whole Kubernetes in one binary: its first argument picks the part to run.
//
// One binary instead of nine because nearly all of their code is the same code: it is compiled once,
// linked once and kept in memory once, which is what makes a Kubernetes from source bearable on two cores.
package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/coredns/coredns/core/dnsserver"
	"github.com/coredns/coredns/coremain"
	_ "github.com/coredns/coredns/plugin/bind"
	_ "github.com/coredns/coredns/plugin/cache"
	_ "github.com/coredns/coredns/plugin/errors"
	_ "github.com/coredns/coredns/plugin/kubernetes"
	"github.com/spf13/cobra"
	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	kubectl "k8s.io/kubectl/pkg/cmd"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllermanager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	proxy "k8s.io/kubernetes/cmd/kube-proxy/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
	kubelet "k8s.io/kubernetes/cmd/kubelet/app"
)

// parts maps the first argument to what it runs; each function ends the process itself.
var parts = map[string]func(){
	"etcd":               func() { etcdmain.Main(os.Args) },
	"dns":                dns,
	"apiserver":          func() { keepAudit(); run(apiserver.NewAPIServerCommand()) },
	"controller-manager": func() { run(controllermanager.NewControllerManagerCommand()) },
	"scheduler":          func() { run(scheduler.NewSchedulerCommand()) },
	"kubelet":            func() { run(kubelet.NewKubeletCommand(context.Background())) },
	"proxy":              func() { run(proxy.NewProxyCommand()) },
	"kubectl":            func() { run(kubectl.NewDefaultKubectlCommand()) },
	"volumes":            func() { run(volumesCommand()) },
	"await":              func() { run(awaitCommand()) },
}

func main() {
	if len(os.Args) > 1 {
		if part, known := parts[os.Args[1]]; known {
			os.Args = os.Args[1:]
			part()
			return
		}
	}
	names := make([]string, 0, len(parts))
	for name := range parts {
		names = append(names, name)
	}
	slices.Sort(names)
	fmt.Fprintf(os.Stderr, "usage: kube %s [flags]\n", strings.Join(names, "|"))
	os.Exit(2)
}

func run(command *cobra.Command) { os.Exit(cli.Run(command)) }

// dns runs CoreDNS with only the plugins that the bed's Corefile names; the order is the order they are asked in.
func dns() {
	dnsserver.Directives = []string{"bind", "errors", "cache", "kubernetes"}
	coremain.Run()
}
