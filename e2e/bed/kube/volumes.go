package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	corelisters "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/util/workqueue"
	"k8s.io/klog/v2"
)

// provisioner is what the bed's StorageClass names. The one built into Kubernetes (kubernetes.io/host-path)
// makes folders under /tmp that only root may enter, and cannot grow a volume.
const provisioner = "bed.pgoperator.dev/folder"

const provisionedBy = "pv.kubernetes.io/provisioned-by"

// volumes gives each claim of the bed's classes a folder on this machine: made when claimed, "grown" when the
// claim is (the capacity follows; a folder has no size), removed when released. In a folder of the sized class
// something is mounted that has the size of the claim, so that it can be full.
type volumes struct {
	client kubernetes.Interface
	folder string
	claims corelisters.PersistentVolumeClaimLister
	known  corelisters.PersistentVolumeLister
	classes
	queue workqueue.TypedRateLimitingInterface[item]
}

// classes are the names of the storage classes whose claims are served.
type classes struct{ plain, sized string }

func (c classes) serve(name *string) bool {
	return name != nil && (*name == c.plain || *name == c.sized)
}

// item is one object to look at; a volume has no namespace.
type item struct{ namespace, name string }

func volumesCommand() *cobra.Command {
	var kubeconfig, folder string
	var served classes
	command := &cobra.Command{
		Use:   "volumes",
		Short: "Provisions folders of this machine as volumes",
		RunE: func(command *cobra.Command, _ []string) error {
			config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
			if err != nil {
				return err
			}
			config.QPS, config.Burst = 500, 1000
			client, err := kubernetes.NewForConfig(config)
			if err != nil {
				return err
			}
			return serveVolumes(command.Context(), client, folder, served)
		},
	}
	command.Flags().StringVar(&kubeconfig, "kubeconfig", "", "kubeconfig file of the bed")
	command.Flags().StringVar(&folder, "folder", "", "where the volumes' folders are made")
	command.Flags().StringVar(&served.plain, "class", "standard", "the storage class whose claims get a folder")
	command.Flags().StringVar(&served.sized, "sized-class", "sized", "the one whose claims get a folder of their size")
	return command
}

func serveVolumes(ctx context.Context, client kubernetes.Interface, folder string, served classes) error {
	factory := informers.NewSharedInformerFactory(client, 0)
	claims := factory.Core().V1().PersistentVolumeClaims()
	known := factory.Core().V1().PersistentVolumes()
	v := &volumes{
		client: client, folder: folder, classes: served, claims: claims.Lister(), known: known.Lister(),
		queue: workqueue.NewTypedRateLimitingQueue(
			workqueue.NewTypedItemExponentialFailureRateLimiter[item](50*time.Millisecond, 5*time.Second)),
	}
	defer v.queue.ShutDown()
	enqueue := func(object any) {
		if meta, ok := object.(metav1.Object); ok {
			v.queue.Add(item{meta.GetNamespace(), meta.GetName()})
		}
	}
	handler := cache.ResourceEventHandlerFuncs{AddFunc: enqueue, UpdateFunc: func(_, now any) { enqueue(now) }}
	for _, informer := range []cache.SharedIndexInformer{claims.Informer(), known.Informer()} {
		if _, err := informer.AddEventHandler(handler); err != nil {
			return err
		}
	}
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	for {
		next, shutdown := v.queue.Get()
		if shutdown {
			return nil
		}
		if err := v.settle(ctx, next); err != nil {
			klog.ErrorS(err, "not settled yet", "namespace", next.namespace, "name", next.name)
			v.queue.AddRateLimited(next)
		} else {
			v.queue.Forget(next)
		}
		v.queue.Done(next)
	}
}

func (v *volumes) settle(ctx context.Context, next item) error {
	if next.namespace == "" {
		volume, err := v.known.Get(next.name)
		if err != nil {
			return ignoreNotFound(err)
		}
		return v.settleVolume(ctx, volume)
	}
	claim, err := v.claims.PersistentVolumeClaims(next.namespace).Get(next.name)
	if err != nil {
		return ignoreNotFound(err)
	}
	if !v.serve(claim.Spec.StorageClassName) || claim.DeletionTimestamp != nil {
		return nil
	}
	if claim.Spec.VolumeName == "" {
		return v.provision(ctx, claim)
	}
	return v.grow(ctx, claim)
}

func (v *volumes) provision(ctx context.Context, claim *corev1.PersistentVolumeClaim) error {
	name := "pvc-" + string(claim.UID)
	path := filepath.Join(v.folder, name)
	class, size := *claim.Spec.StorageClassName, claim.Spec.Resources.Requests[corev1.ResourceStorage]
	if err := os.MkdirAll(path, 0o777); err != nil {
		return err
	}
	if class == v.sized {
		if err := mountSized(path, size.Value()); err != nil {
			return err
		}
	}
	// Not through MkdirAll: the umask would take the write bits that a database running as nobody in particular needs.
	if err := os.Chmod(path, 0o777); err != nil {
		return err
	}
	volume := &corev1.PersistentVolume{
		ObjectMeta: metav1.ObjectMeta{Name: name, Annotations: map[string]string{provisionedBy: provisioner}},
		Spec: corev1.PersistentVolumeSpec{
			Capacity:                      corev1.ResourceList{corev1.ResourceStorage: size},
			AccessModes:                   claim.Spec.AccessModes,
			PersistentVolumeReclaimPolicy: corev1.PersistentVolumeReclaimDelete,
			StorageClassName:              class,
			ClaimRef: &corev1.ObjectReference{
				APIVersion: "v1", Kind: "PersistentVolumeClaim", Namespace: claim.Namespace, Name: claim.Name, UID: claim.UID,
			},
			PersistentVolumeSource: corev1.PersistentVolumeSource{HostPath: &corev1.HostPathVolumeSource{Path: path}},
		},
	}
	_, err := v.client.CoreV1().PersistentVolumes().Create(ctx, volume, metav1.CreateOptions{})
	if apierrors.IsAlreadyExists(err) {
		return nil
	}
	return err
}

// grow lets the capacity follow the claim, first on the volume, then in the claim's status, as a resizer does.
func (v *volumes) grow(ctx context.Context, claim *corev1.PersistentVolumeClaim) error {
	wanted := claim.Spec.Resources.Requests[corev1.ResourceStorage]
	has, bound := claim.Status.Capacity[corev1.ResourceStorage]
	if !bound || wanted.Cmp(has) <= 0 {
		return nil
	}
	volume, err := v.client.CoreV1().PersistentVolumes().Get(ctx, claim.Spec.VolumeName, metav1.GetOptions{})
	if err != nil || volume.Annotations[provisionedBy] != provisioner {
		return ignoreNotFound(err)
	}
	if volume.Spec.StorageClassName == v.sized {
		if err := mountSized(volume.Spec.HostPath.Path, wanted.Value()); err != nil {
			return err
		}
	}
	volume.Spec.Capacity[corev1.ResourceStorage] = wanted
	if _, err := v.client.CoreV1().PersistentVolumes().Update(ctx, volume, metav1.UpdateOptions{}); err != nil {
		return err
	}
	grown := claim.DeepCopy()
	grown.Status.Capacity[corev1.ResourceStorage] = wanted
	grown.Status.Conditions = nil
	_, err = v.client.CoreV1().PersistentVolumeClaims(claim.Namespace).UpdateStatus(ctx, grown, metav1.UpdateOptions{})
	return err
}

func (v *volumes) settleVolume(ctx context.Context, volume *corev1.PersistentVolume) error {
	ours := volume.Annotations[provisionedBy] == provisioner
	if !ours || volume.DeletionTimestamp != nil || volume.Status.Phase != corev1.VolumeReleased ||
		volume.Spec.PersistentVolumeReclaimPolicy != corev1.PersistentVolumeReclaimDelete {
		return nil
	}
	path := volume.Spec.HostPath.Path
	if filepath.Dir(path) != v.folder {
		return fmt.Errorf("volume %s claims %s, which is not a folder of the bed", volume.Name, path)
	}
	if err := unmount(path); err != nil {
		return err
	}
	if err := os.RemoveAll(path); err != nil {
		return err
	}
	return ignoreNotFound(v.client.CoreV1().PersistentVolumes().Delete(ctx, volume.Name, metav1.DeleteOptions{}))
}

func ignoreNotFound(err error) error {
	if apierrors.IsNotFound(err) {
		return nil
	}
	return err
}
