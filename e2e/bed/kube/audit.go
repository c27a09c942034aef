package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"regexp"
)

// An audit policy names users one by one, but the operator's ServiceAccount may live in any namespace.
var byOperator = regexp.MustCompile(`"user":\{"username":"system:serviceaccount:[^":]+:postgres-operator"`)

// keepAudit gives the API server a standard output (where --audit-log-path=- writes, and nothing else does)
// that ends in the file named by AUDIT_LOG, the operator's requests only. Without AUDIT_LOG it does nothing.
// The file is not rotated: a benchmark counts its lines.
func keepAudit() {
	path := os.Getenv("AUDIT_LOG")
	if path == "" {
		return
	}
	kept, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		stop(err)
	}
	reader, writer, err := os.Pipe()
	if err != nil {
		stop(err)
	}
	os.Stdout = writer
	go func() {
		if err := keepLines(reader, kept); err != nil {
			stop(fmt.Errorf("audit log %s: %w", path, err))
		}
	}()
}

// keepLines copies the operator's lines until the source ends. An audit line may be long, so no Scanner.
func keepLines(from io.Reader, to io.Writer) error {
	lines := bufio.NewReaderSize(from, 64<<10)
	for {
		line, err := lines.ReadBytes('\n')
		if byOperator.Match(line) {
			if _, err := to.Write(line); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func stop(err error) {
	fmt.Fprintln(os.Stderr, "kube:", err)
	os.Exit(1)
}
