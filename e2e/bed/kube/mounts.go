package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// mountSized mounts memory of this size on a folder, or gives what is mounted there this size. What is written there
// counts as memory of the pod that writes it.
func mountSized(path string, bytes int64) error {
	mounted, err := isMounted(path)
	if err != nil {
		return err
	}
	var flags uintptr
	if mounted {
		flags = syscall.MS_REMOUNT
	}
	// The name is one by which `e2e/bed/check` finds what `down` has left.
	if err := syscall.Mount("pgoperator-bed", path, "tmpfs", flags, fmt.Sprintf("mode=777,size=%d", bytes)); err != nil {
		return &os.PathError{Op: "mount", Path: path, Err: err}
	}
	return nil
}

// unmount ends what is mounted on the folder, if anything is. The pods are gone; lazily, for a process that dies still.
func unmount(path string) error {
	mounted, err := isMounted(path)
	if err != nil || !mounted {
		return err
	}
	if err := syscall.Unmount(path, syscall.MNT_DETACH); err != nil {
		return &os.PathError{Op: "unmount", Path: path, Err: err}
	}
	return nil
}

// isMounted tells whether the folder is on another device than the one above it; of one that does not exist, that it is not.
func isMounted(path string) (bool, error) {
	var here, above syscall.Stat_t
	err := errors.Join(syscall.Stat(path, &here), syscall.Stat(filepath.Dir(path), &above))
	if errors.Is(err, syscall.ENOENT) {
		return false, nil
	}
	return here.Dev != above.Dev, err
}
