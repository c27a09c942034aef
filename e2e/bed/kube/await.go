package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/spf13/cobra"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
)

// A probe asks once; an error says what is still missing.
type probe func(ctx context.Context, client kubernetes.Interface, args []string) error

// The bed asks a dozen times a second while it starts. Doing that inside one process costs nothing;
// starting a kubectl for each question would cost more than the parts that it waits for.
const askAgain = 80 * time.Millisecond

var probes = map[string]probe{
	"api":            apiReady,
	"node":           nodeReady,
	"dns":            nameResolves,
	"serviceaccount": serviceAccountExists,
}

func awaitCommand() *cobra.Command {
	var kubeconfig string
	var timeout time.Duration
	command := &cobra.Command{
		Use:           "await api | node NAME | dns SERVER NAME | serviceaccount NAMESPACE NAME",
		Short:         "Waits until a part of the bed answers; fails after --timeout with what was still missing",
		Args:          cobra.MinimumNArgs(1),
		SilenceUsage:  true,
		SilenceErrors: true,
		RunE: func(command *cobra.Command, args []string) error {
			ask, known := probes[args[0]]
			if !known {
				return fmt.Errorf("nothing known to wait for: %s", args[0])
			}
			config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
			if err != nil {
				return err
			}
			config.Timeout = 2 * time.Second
			client, err := kubernetes.NewForConfig(config)
			if err != nil {
				return err
			}
			ctx, cancel := context.WithTimeout(command.Context(), timeout)
			defer cancel()
			return until(ctx, func() error { return ask(ctx, client, args[1:]) })
		},
	}
	command.Flags().StringVar(&kubeconfig, "kubeconfig", "", "kubeconfig file of the bed")
	command.Flags().DurationVar(&timeout, "timeout", time.Minute, "how long to wait")
	return command
}

func until(ctx context.Context, ask func() error) error {
	missing := errors.New("not asked yet")
	for {
		err := ask()
		if err == nil {
			return nil
		}
		if ctx.Err() == nil {
			missing = err // the answer to a question that was cut short by the deadline says nothing
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("still not there: %w", missing)
		case <-time.After(askAgain):
		}
	}
}

func apiReady(ctx context.Context, client kubernetes.Interface, _ []string) error {
	return client.Discovery().RESTClient().Get().AbsPath("/readyz").Do(ctx).Error()
}

func nodeReady(ctx context.Context, client kubernetes.Interface, args []string) error {
	node, err := client.CoreV1().Nodes().Get(ctx, args[0], metav1.GetOptions{})
	if err != nil {
		return err
	}
	for _, condition := range node.Status.Conditions {
		if condition.Type == corev1.NodeReady && condition.Status == corev1.ConditionTrue {
			return nil
		}
		if condition.Type == corev1.NodeReady {
			err = errors.New(condition.Message)
		}
	}
	return fmt.Errorf("node %s is not ready: %w", args[0], err)
}

func nameResolves(ctx context.Context, _ kubernetes.Interface, args []string) error {
	resolver := net.Resolver{PreferGo: true, Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
		dialer := net.Dialer{Timeout: time.Second}
		return dialer.DialContext(ctx, network, net.JoinHostPort(args[0], "53"))
	}}
	_, err := resolver.LookupHost(ctx, args[1])
	return err
}

func serviceAccountExists(ctx context.Context, client kubernetes.Interface, args []string) error {
	_, err := client.CoreV1().ServiceAccounts(args[0]).Get(ctx, args[1], metav1.GetOptions{})
	return err
}
